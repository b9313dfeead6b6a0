import { openTestService, valueOf } from './service.ts';

// node import-child.ts DESK FILE: stages, says "staged", commits, says the outcome. For tests that kill it or fill its disk.

const [desk = '', file = ''] = process.argv.slice(2);
const { ask, port } = openTestService(desk);
const { fileId } = await port.registerFile(file, 'prices.csv');
const { stagingId } = valueOf(await ask('imports.stage', { fileId }));
process.stdout.write('staged\n');
const committed = await ask('imports.commit', { stagingId });
process.stdout.write(`${committed.ok ? 'committed' : committed.error.code}\n`);
await port.close();
