// Runs inside the application's network namespace: joins a socket file to the debugging port on its loopback.
// A socket file is reached from outside the namespace; a port is not.
import { chmodSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const [path, port] = process.argv.slice(2);
if (path === undefined || port === undefined) throw new Error('usage: net-relay SOCKET PORT');

createServer((outside) => {
  const inside = connect(Number(port), '127.0.0.1');
  outside.pipe(inside).pipe(outside);
  const end = (): void => {
    outside.destroy();
    inside.destroy();
  };
  outside.on('error', end).on('close', end);
  inside.on('error', end).on('close', end);
}).listen(path, () => {
  chmodSync(path, 0o600);
});
