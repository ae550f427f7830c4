import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { errors, Pool } from 'undici';
import { answer, type Exchange } from '../front-door/exchange';
import type { Origins } from '../front-door/origins';
import { forwardedHeaders } from '../front-door/request-headers';
import { returnedHeaders } from '../front-door/response-headers';
import type { DoorAttributes } from '../model/door-attributes';
import { tunnelWebSocket } from './web-socket';

/** Passes requests on to the app, as they are, and streams its answers back. */
export class AppTarget {
  private readonly pool: Pool;

  constructor(
    private readonly origin: string,
    private readonly attributes: DoorAttributes,
    private readonly origins: Origins,
  ) {
    const patience = attributes.idleTimeoutSeconds * 1000;
    this.pool = new Pool(origin, {
      connections: 128,
      pipelining: 1,
      headersTimeout: patience,
      bodyTimeout: patience,
      // Below gunicorn's 2 s: whoever closes first must not be the app, or a request is lost on its way.
      keepAliveTimeout: 1_000,
      keepAliveMaxTimeout: 1_000,
      connect: { timeout: 10_000 },
    });
  }

  /** @param identity headers that say who signed in, empty if nobody did */
  public async forward(exchange: Exchange, identity: readonly [string, string][]): Promise<void> {
    const headers = forwardedHeaders(exchange, identity, this.attributes, this.origins);
    if (exchange.upgrade) {
      return tunnelWebSocket(this.origin, exchange, exchange.upgrade, headers, this.origins);
    }
    const { request, response, target } = exchange;
    // An emitter instead of an AbortSignal, which would cost an exception object for every answer.
    const visitor = new EventEmitter();
    let gone = false;
    response.once('close', () => {
      if (!response.writableFinished) {
        // A browser that went away must not keep the app computing.
        gone = true;
        visitor.emit('abort');
      }
    });
    try {
      await this.pool.stream(
        {
          method: request.method as 'GET',
          path: target,
          headers: headers.flat(),
          body: hasBody(request) ? request : null,
          signal: visitor,
          responseHeaders: 'raw',
        },
        ({ statusCode, headers: raw }) => {
          response.statusCode = statusCode;
          for (const [name, values] of returnedHeaders(pairs(raw as unknown as string[]), this.origins)) {
            response.setHeader(name, values.length === 1 ? values[0] : values);
          }
          response.flushHeaders();
          return response;
        },
      );
    } catch (error) {
      failed(exchange, error, gone);
    }
  }

  public async close(): Promise<void> {
    await this.pool.destroy();
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function pairs(raw: readonly (string | Buffer)[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    result.push([raw[index].toString('latin1' as never), raw[index + 1].toString('latin1' as never)]);
  }
  return result;
}

function failed(exchange: Exchange, error: unknown, clientLeft: boolean): void {
  if (clientLeft || exchange.response.headersSent) {
    // The browser must see a broken answer as broken, not as a short one.
    exchange.response.destroy();
    return;
  }
  const late = error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError;
  answer(exchange, late ? 504 : 502, {
    body: late
      ? 'The app did not answer in time.\n'
      : 'The app closed the connection or does not listen. Its output is in the terminal.\n',
  });
}
