// node child.ts DESK GROUND FROM: does one operation after the other from number FROM, and says each number once
// the desk has acknowledged it, until it is killed. `refused N` where the desk would not.
import { writeSync } from 'node:fs';
import { askOf } from '../../main/hosts/ask.ts';
import { openInProcess } from '../../main/service-client.ts';
import { operations, type Ground } from './operations.ts';

const [desk = '', groundText = '{}', from = '0'] = process.argv.slice(2);
const ground = JSON.parse(groundText) as Ground;
const opened = openInProcess({ deskFile: desk, use: 'command' });
if (!opened.ok) throw new Error('the desk cannot be opened');
const port = opened.value;
const ask = askOf(port);
const register = async (path: string): Promise<string> =>
  (await port.registerFile(path, path.split('/').at(-1) ?? path)).fileId;

writeSync(1, 'open\n');
for (let number = Number(from); ; number += 1) {
  const round = Math.floor(number / operations.length);
  const operation = operations[number % operations.length];
  const isDone = operation !== undefined && (await operation.apply(ask, ground, round, register));
  writeSync(1, isDone ? `${number}\n` : `refused ${number}\n`);
  if (!isDone) break;
}
await port.close();
