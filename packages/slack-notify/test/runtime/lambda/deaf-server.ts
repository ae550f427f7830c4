import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Listens, takes nothing, and says so: its process does nothing else any more. */
const DEAF = `
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A server to which no connection opens: its queue is full, and the system leaves further ones without an answer. */
export async function startDeafServer(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [port] = await once(child.stdout, 'data');
  const waiting: Socket[] = [];
  let opened = true;
  while (opened && waiting.length < 50) {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => socket.destroy());
    waiting.push(socket);
    opened = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<boolean>((resolve) => setTimeout(resolve, 500, false)),
    ]);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of waiting) {
        socket.destroy();
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
