// A process of its own, so that its memory is the import's: node bench/import-child.ts FILE DESK → one JSON line.
import { basename } from 'node:path';
import { createService } from '../main/service.ts';

const [path, deskFile] = process.argv.slice(2);
if (path === undefined || deskFile === undefined) throw new Error('usage: import-child FILE DESK');

const service = createService({ deskFile, use: 'command', checkOutputs: false });
if (!service.ok) throw new Error(JSON.stringify(service.error));
const { request, registerFile, close } = service.value;
const idle = process.resourceUsage().maxRSS;
const started = performance.now();
const staged = await request('imports.stage', { fileId: registerFile(path, basename(path)).fileId });
if (!staged.ok) throw new Error(JSON.stringify(staged.error));
const { stagingId, accepted } = staged.value as { stagingId: string; accepted: number };
const stagedAt = performance.now();
const committed = await request('imports.commit', { stagingId });
if (!committed.ok) throw new Error(JSON.stringify(committed.error));
const seconds = (performance.now() - started) / 1000;
const commitSeconds = (performance.now() - stagedAt) / 1000;
await close();
const report = {
  accepted,
  seconds,
  commitSeconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  idleMegabytes: idle / 1024,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
