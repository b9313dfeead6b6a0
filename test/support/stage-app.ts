import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const top = join(import.meta.dirname, '../..');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** The packages that the application loads at run time, with theirs. */
function runtimePackages(): readonly string[] {
  const found = new Set<string>();
  const visit = (manifest: Manifest): void => {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const folder = join(top, 'node_modules', name);
      if (found.has(name) || !existsSync(folder)) continue;
      found.add(name);
      visit(manifestOf(folder));
    }
  };
  visit(manifestOf(top));
  return [...found];
}

/** Copies the built application to a folder that an unprivileged user can read, and returns it. */
export function stageApp(): string {
  if (!existsSync(join(top, 'dist/main'))) throw new Error('the application is not built: run npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-app-'));
  for (const part of ['package.json', 'dist', 'resources']) {
    cpSync(join(top, part), join(folder, part), { recursive: true });
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of runtimePackages()) {
    cpSync(join(top, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      filter: (path) => !/better-sqlite3\/(deps|src)(\/|$)/.test(path),
    });
  }
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return folder;
}
