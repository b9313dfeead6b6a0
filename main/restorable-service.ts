import { basename } from 'node:path';
import type { DeskEvent } from '../shared/contract/messages.ts';
import { failure } from '../shared/failure.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { createService, type Restored, type Service, type ServiceOptions } from './service.ts';
import { restoreDesk } from './store/index.ts';

/** How long a restore waits for requests under way; later they are cut off and say so. */
const drainMilliseconds = 5000;

/**
 * A service whose desk can be replaced while windows are open: requests under way end, the desk is closed,
 * swapped for the backup and opened again; what came meanwhile waits, and every window is told.
 */
export function createRestorableService(options: ServiceOptions): Result<Service> {
  let current: Service;
  let swapping: Promise<unknown> | null = null;
  let underWay = 0;
  let onIdle: () => void = () => undefined;
  const now = options.now ?? (() => `${new Date().toISOString().slice(0, 19)}Z`);
  const announce = (event: DeskEvent): void => options.onEvent?.(event);

  const open = (note?: ServiceOptions['note']) =>
    createService({ ...options, restore, ...(note === undefined ? {} : { note }) });

  const restore = (backup: string): Promise<Result<Restored>> => {
    const swapped = swap(backup);
    swapping = swapped;
    return swapped;
  };

  const swap = async (backup: string): Promise<Result<Restored>> => {
    // This very request is one of those under way.
    if (underWay > 1)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, drainMilliseconds);
        onIdle = () => {
          clearTimeout(late);
          resolve();
        };
      });
    await current.close();
    const restored = restoreDesk({ backup, desk: options.deskFile, now: now() });
    const kept = restored.ok ? basename(restored.value.keptAs ?? '') : '';
    const opened = restored.ok
      ? open({
          command: 'backup.restore',
          subject: basename(backup),
          detail: `what was there is kept as ${kept}`,
        })
      : open();
    swapping = null;
    if (!opened.ok) return opened;
    current = opened.value;
    announce({ type: 'desk.replaced' });
    return restored.ok ? ok({ restored: basename(backup), kept }) : restored;
  };

  const first = open();
  if (!first.ok) return first;
  current = first.value;
  return ok({
    request: async (name, input, asked) => {
      if (swapping !== null) {
        if (name === 'backup.restore')
          return fail(failure('refused', 'The restore', { reason: 'another one is under way' }));
        await swapping;
      }
      underWay += 1;
      try {
        return await current.request(name, input, asked);
      } finally {
        underWay -= 1;
        if (underWay <= 1) onIdle();
      }
    },
    registerFile: (path, fileName) => current.registerFile(path, fileName),
    close: () => current.close(),
  });
}
