import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PreviewError } from '../errors';
import { MAX_HEADERS_BYTES, MAX_LINE_BYTES } from './read-request';

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  upgrade?: { socket: Duplex; head: Buffer },
) => Promise<void>;

export interface DoorTimeouts {
  /** Nothing sent or received for this long: the connection is closed. */
  readonly idleSeconds: number;
  /** A client must have sent all headers after this time. */
  readonly headersSeconds: number;
}

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A server on the loopback interface, under all names and addresses of `localhost`. */
export interface DoorServer {
  readonly port: number;
  /** From now on requests are answered by this. Until then they wait. */
  readonly serve: (handler: Handler, timeouts: DoorTimeouts) => void;
  readonly close: () => Promise<void>;
}

/** Takes the port, or says in one sentence that somebody else has it. */
export async function openDoor(port: number, certificate?: Certificate): Promise<DoorServer> {
  const addresses = await loopbackAddresses();
  const sockets = new Set<Socket>();
  let handle: (handler: Handler) => void = () => undefined;
  const handler = new Promise<Handler>((resolve) => {
    handle = resolve;
  });
  const servers: Server[] = [];
  try {
    for (const address of addresses) {
      const server = makeServer(async (...args) => (await handler)(...args), sockets, certificate);
      if (await listen(server, servers[0] ? portOf(servers[0]) : port, address)) {
        servers.push(server);
      }
    }
  } catch (cause) {
    await closeAll(servers, sockets);
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new PreviewError(
        'port',
        `Port ${port} is taken by another program. Choose another one with --port, or 0 for any free one.`,
        { cause },
      );
    }
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') {
      throw new PreviewError(
        'port',
        `Port ${port} needs more rights than you have. Choose one above 1023 with --port.`,
        { cause },
      );
    }
    throw cause;
  }
  return {
    port: portOf(servers[0]),
    serve: (given, { idleSeconds, headersSeconds }) => {
      for (const server of servers) {
        server.headersTimeout = headersSeconds * 1000;
        // Uploads may be long, but not still: setTimeout below ends those.
        server.requestTimeout = 0;
        server.keepAliveTimeout = idleSeconds * 1000;
        // One second later than towards the app, so that a slow app is answered with 504.
        server.setTimeout((idleSeconds + 1) * 1000);
      }
      handle(given);
    },
    close: () => closeAll(servers, sockets),
  };
}

function makeServer(handler: Handler, sockets: Set<Socket>, certificate?: Certificate): Server {
  const options = {
    maxHeaderSize: MAX_HEADERS_BYTES + MAX_LINE_BYTES,
    connectionsCheckingInterval: 1_000,
    insecureHTTPParser: false,
    keepAlive: true,
  };
  const server = certificate
    ? createSecureServer({ ...options, cert: certificate.cert, key: certificate.key, minVersion: 'TLSv1.2' })
    : createServer(options);
  const run = (request: IncomingMessage, response: ServerResponse, upgrade?: { socket: Duplex; head: Buffer }) => {
    handler(request, response, upgrade).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' && request.socket.destroyed) {
        // The visitor went away in the middle of a request.
        return;
      }
      process.stderr.write(`The front door failed on a request: ${error.stack}\n`);
      response.destroy();
      upgrade?.socket.destroy();
    });
  };
  server.on('request', (request, response) => run(request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) {
      // What follows is a body or the other protocol, and two programs could disagree on which.
      response.writeHead(400, { connection: 'close', 'content-length': 0 }).end();
      return;
    }
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket' && request.method === 'GET';
    // Another protocol is not spoken here (RFC 9110, 7.8): the request is answered as if it had not asked.
    run(request, response, isWebSocket ? { socket, head } : undefined);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (socket.writable && error.code !== 'ECONNRESET') {
      const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
    } else {
      socket.destroy();
    }
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return server;
}

async function loopbackAddresses(): Promise<string[]> {
  const resolved = await lookup('localhost', { all: true });
  const addresses = new Set(['127.0.0.1', ...resolved.map(({ address }) => address)]);
  return [...addresses].filter((address) => address === '::1' || address.startsWith('127.'));
}

/** Whether the address exists on this machine; localhost may have an IPv6 address where IPv6 is switched off. */
function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        ? resolve(false)
        : reject(error);
    server.once('error', failed);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closeAll(servers: readonly Server[], sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const socket of sockets) {
    socket.destroy();
  }
  await Promise.all(closed);
}
