// npm run demo:generate: writes resources/demo anew. Prints what it wrote.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoFiles } from './files.ts';

const target = join(import.meta.dirname, '../../resources/demo');
const started = performance.now();
let bytes = 0;
const files = demoFiles();
rmSync(join(target, 'chains'), { recursive: true, force: true });
for (const file of files) {
  const path = join(target, file.compressed ? `${file.path}.gz` : file.path);
  const content = file.compressed ? gzipSync(file.text, { level: 9 }) : Buffer.from(file.text);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  bytes += content.length;
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `${files.length} files, ${(bytes / 1e6).toFixed(2)} MB, ${seconds} s, in resources/demo\n`,
);
