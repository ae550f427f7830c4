import { connect } from 'node:net';

/** Sends bytes as they are and gives everything that comes back until the other side closes or is silent. */
export function raw(
  url: string,
  bytes: string | Buffer,
  options: { readonly silenceMs?: number } = {},
): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let received = '';
    socket.setTimeout(options.silenceMs ?? 5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(received) : reject(error),
    );
    socket.on('close', () => resolve(received));
    socket.write(bytes);
  });
}

/** A request with these lines of headers, on a connection that ends after it. */
export function get(path: string, headers: readonly string[] = [], host = 'viz.example.com'): string {
  return [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n');
}

export function status(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
