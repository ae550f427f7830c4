import type { IncomingMessage } from 'node:http';
import { answer, type Exchange } from '../front-door/exchange';
import type { Origins } from '../front-door/origins';
import { forwardedHeaders } from '../front-door/request-headers';
import { returnedHeaders } from '../front-door/response-headers';
import { albEvent, MAX_BODY_BYTES } from '../lambda/alb-event';
import { readAlbResult } from '../lambda/alb-result';
import { FunctionFailed, type FunctionProcess } from '../lambda/function-process';
import type { DoorAttributes } from '../model/door-attributes';

/** Invokes a function for a request, as a target group of type `lambda` does. */
export class LambdaTarget {
  constructor(
    private readonly group: { readonly arn: string; readonly multiValueHeaders: boolean },
    private readonly process: FunctionProcess,
    private readonly attributes: DoorAttributes,
    private readonly origins: Origins,
    private readonly log: (line: string) => void,
  ) {}

  public async forward(exchange: Exchange, identity: readonly [string, string][]): Promise<void> {
    if (exchange.upgrade) {
      answer(exchange, 400, { headers: { connection: 'close' }, body: 'A Lambda function takes no WebSocket.\n' });
      return;
    }
    const body = await readBody(exchange.request);
    if (!body) {
      answer(exchange, 413, { headers: { connection: 'close' }, body: 'A Lambda function takes 1 MB at most.\n' });
      return;
    }
    const headers = forwardedHeaders(exchange, identity, this.attributes, this.origins);
    const returned = await this.invoke(albEvent(exchange, headers, body, this.group));
    const result =
      typeof returned === 'string' ? returned : readAlbResult(returned.result, this.group.multiValueHeaders);
    if (typeof result === 'string') {
      this.log(`The Lambda function behind ${exchange.facts.path} failed: ${result}.`);
      answer(exchange, 502, { body: `The Lambda function behind this path failed: ${result}.\n` });
      return;
    }
    const { response } = exchange;
    for (const [name, values] of returnedHeaders(result.headers, this.origins)) {
      if (name !== 'content-length') {
        response.setHeader(name, values.length === 1 ? values[0] : values);
      }
    }
    response.setHeader('content-length', result.body.length);
    if (result.reason) {
      response.statusMessage = result.reason;
    }
    response.statusCode = result.status;
    response.end(result.body);
  }

  private async invoke(event: unknown): Promise<{ readonly result: unknown } | string> {
    try {
      return { result: await this.process.invoke(event) };
    } catch (error) {
      if (error instanceof FunctionFailed) {
        return error.message;
      }
      throw error;
    }
  }
}

/** The body, or undefined if it is larger than a function may get. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Without destroyOnReturn there would be no connection left for the refusal.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
