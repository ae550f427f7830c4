import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Origins } from '../../src/front-door/origins';

export const ORIGINS = new Origins({
  publicOrigin: 'https://viz.example.com',
  localOrigin: 'http://localhost:8080',
  providers: [],
});

interface Asked {
  readonly url?: string;
  readonly method?: string;
  /** Name and value, as they came over the wire. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly from?: string;
}

/** A request as Node's parser hands it over, without a connection. */
export function fakeRequest({ url = '/', method = 'GET', headers = [], from = '127.0.0.1' }: Asked = {}) {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: from });
  Object.defineProperty(socket, 'remotePort', { value: 50_123 });
  const request = new IncomingMessage(socket);
  const all = headers.some(([name]) => name.toLowerCase() === 'host')
    ? headers
    : [['Host', 'localhost:8080'] as const, ...headers];
  Object.assign(request, { url, method, rawHeaders: all.flat() });
  for (const [name, value] of all) {
    request.headers[name.toLowerCase()] = value;
  }
  return { request, response: new ServerResponse(request) };
}
