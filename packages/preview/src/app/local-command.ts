import { type AddressInfo, createServer } from 'node:net';

/**
 * The container's command for a process of this machine: on the loopback interface, on a free port.
 *
 * @param command as in the task definition, for example `gunicorn --bind 0.0.0.0:5000 app:app`
 * @param containerPort the port in it that is replaced
 */
export function localCommand(command: readonly string[], containerPort: number, port: number): string[] {
  const portPattern = new RegExp(`(^|[:=])${containerPort}$`);
  return command.map((argument) =>
    argument.replace(/(^|[=/])(?:0\.0\.0\.0|\[::\])(?=$|:)/, '$1127.0.0.1').replace(portPattern, `$1${port}`),
  );
}

/** A port of the loopback interface that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
