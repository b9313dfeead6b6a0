import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a user's desk lies when nobody says otherwise: the same for the window and the command line. */
export function defaultDeskFile(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment['VOLDESK_DESK'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return join(dataFolder(environment, platform), 'desk.voldesk');
}

function dataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Voldesk');
  if (platform === 'win32') return join(environment['APPDATA'] ?? homedir(), 'Voldesk');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'voldesk');
}
