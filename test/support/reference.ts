import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const beside = join(import.meta.dirname, '../../../shared');

/** A file beside the checkout; null, with one printed line, where it is absent. */
export function fileBeside(path: string): string | null {
  const full = join(beside, path);
  if (existsSync(full)) return full;
  console.log(`skipped: ${path} is not beside the checkout`);
  return null;
}

/** A table of reference values; null, with one printed line, where it is absent. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test that reads a table states its columns
export function referenceTable<Table>(name: string): Table | null {
  const file = fileBeside(join('reference', name));
  return file === null ? null : (JSON.parse(readFileSync(file, 'utf8')) as Table);
}
