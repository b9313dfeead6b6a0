import type { backupCommands } from '../../shared/contract/backups.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';

export const backupHandlers: HandlersFor<typeof backupCommands> = {
  'backup.list': async (_, { shelf }) => ok({ folder: shelf.folder, backups: [...shelf.list()] }),

  'backup.make': async (_, { shelf, now }) => shelf.make('by-hand', now()),

  'backup.restore': async ({ name }, { shelf, restore }) => {
    const path = shelf.pathOf(name);
    if (path === null)
      return fail(failure('not-found', `The backup ${name}`, { next: 'Choose one of the list of backups.' }));
    return restore(path);
  },
};
