// @ts-check
import { createServer } from 'node:net';
import { Problem } from './say.mjs';

/**
 * Fails with a sentence when somebody already listens on this port of the loopback address.
 *
 * @param {number} port 0 is always free
 */
export async function requireFreePort(port) {
  await new Promise((done, refuse) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code})`;
      refuse(new Problem(`Port ${port} ${why}: choose another one with --port, or --port 0 for any free one.`));
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(done));
  });
}
