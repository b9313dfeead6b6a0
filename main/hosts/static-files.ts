import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly mediaType: string;
  /** Files whose name carries their hash never change. */
  readonly immutable: boolean;
}

/**
 * A file of the built window by the path of its address; null where there is none. Never a folder's list,
 * never a hidden file, never anything outside the folder.
 */
export async function readStaticFile(folder: string, pathname: string): Promise<StaticFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null; // An address with a broken escape names no file.
  }
  const relative = normalize(decoded === '/' ? '/index.html' : decoded);
  if (relative.includes('\0') || relative.split(/[\\/]/).some((part) => part.startsWith('.'))) return null;
  const mediaType = mediaTypes[extname(relative)];
  const path = join(folder, relative);
  if (mediaType === undefined || !path.startsWith(folder + sep)) return null;
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  return { body: await readFile(path), mediaType, immutable: relative.includes(`${sep}assets${sep}`) };
}
