import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { answer, type Exchange } from '../front-door/exchange';
import type { Origins } from '../front-door/origins';
import { returnedHeaders } from '../front-door/response-headers';

/** Opens a WebSocket to the app and connects the browser with it. Without the app's consent (101) nothing is connected. */
export function tunnelWebSocket(
  origin: string,
  exchange: Exchange,
  browser: { readonly socket: Duplex; readonly head: Buffer },
  headers: readonly [string, string][],
  origins: Origins,
): Promise<void> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const outgoing = httpRequest({
      hostname,
      port,
      method: 'GET',
      path: exchange.target,
      headers: [...headers, ['connection', 'Upgrade'], ['upgrade', 'websocket']].flat() as unknown as Record<
        string,
        string
      >,
      setHost: false,
    });
    outgoing.on('upgrade', (reply, app, head) => {
      connect(browser, app, head, reply);
      resolve();
    });
    outgoing.on('response', (reply) => {
      refuse(exchange, reply, origins);
      reply.on('close', resolve);
    });
    outgoing.on('error', () => {
      if (!browser.socket.destroyed) {
        answer(exchange, 502, { headers: { connection: 'close' } });
      }
      resolve();
    });
    browser.socket.once('close', () => outgoing.destroy());
    outgoing.end();
  });
}

function connect(
  browser: { readonly socket: Duplex; readonly head: Buffer },
  app: Duplex,
  head: Buffer,
  reply: IncomingMessage,
): void {
  const { socket } = browser;
  const lines = [];
  for (let index = 0; index < reply.rawHeaders.length; index += 2) {
    lines.push(`${reply.rawHeaders[index]}: ${reply.rawHeaders[index + 1]}`);
  }
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  app.unshift(head);
  app.write(browser.head);
  for (const [one, other] of [
    [socket, app],
    [app, socket],
  ]) {
    one.on('error', () => other.destroy());
    one.once('close', () => other.destroy());
    one.pipe(other);
  }
}

/** The app may answer 403 or redirect instead; the browser gets that answer. */
function refuse(exchange: Exchange, reply: IncomingMessage, origins: Origins): void {
  const pairs: [string, string][] = [];
  for (let index = 0; index < reply.rawHeaders.length; index += 2) {
    pairs.push([reply.rawHeaders[index], reply.rawHeaders[index + 1]]);
  }
  exchange.response.statusCode = reply.statusCode ?? 502;
  for (const [name, values] of returnedHeaders(pairs, origins)) {
    exchange.response.setHeader(name, values);
  }
  exchange.response.setHeader('connection', 'close');
  reply.pipe(exchange.response);
}
