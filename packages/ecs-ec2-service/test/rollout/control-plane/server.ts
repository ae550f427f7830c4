import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../runtime/rollout/clock';
import { actions } from './actions';
import { answers, type Fault, faultOf } from './faults';
import { State } from './state';
import type { Timeline } from './timeline';

/** More than any rollout here takes. */
const MOST_CALLS = 10_000;

/** What the control plane does, and how it misbehaves. */
export interface Script {
  /** What becomes of the deployment of an image. */
  readonly timeline: Timeline | ((image: string) => Timeline);
  readonly faults?: Fault[];
  /** Seconds by which the server's clock is ahead of the client's. */
  readonly skew?: number;
  /** Milliseconds that a call takes. Default: none. */
  readonly latency?: number;
  /** Image that is live at the beginning. */
  readonly image?: string;
}

type Headers = Record<string, string | string[] | undefined>;

/** One answer of AWS. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** ECS, CloudWatch Logs and SSM behind one address, in the AWS JSON 1.1 protocol that the real SDK clients speak. */
export class ControlPlane {
  /** Actions in the order in which they came. */
  readonly calls: string[] = [];
  readonly state: State;
  /** Nobody gets an answer any more. */
  hang = false;
  /** What happens just before an action has its effect. */
  readonly before: Record<string, () => Promise<void>> = {};
  private readonly server: Server;
  private readonly startedAt: number;

  private constructor(
    private readonly script: Script,
    private readonly clock: Clock,
  ) {
    const { timeline } = script;
    this.startedAt = clock.now();
    this.state = new State(
      clock,
      typeof timeline === 'function' ? timeline : () => timeline,
      script.image ?? 'registry/app:old',
    );
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  static async start(script: Script, clock: Clock): Promise<ControlPlane> {
    const plane = new ControlPlane(script, clock);
    await new Promise<void>((done) => plane.server.listen(0, '127.0.0.1', done));
    return plane;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  count(action: string): number {
    return this.calls.filter((call) => call === action).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const reply = await this.answer(request.headers, Buffer.concat(chunks).toString());
    if (reply === 'reset') {
      request.socket.destroy();
    } else if (reply !== 'nothing') {
      response.writeHead(reply.status, reply.headers).end(reply.body);
    }
  }

  /** What comes back for one request, whatever carries it. */
  async answer(headers: Headers, body: string): Promise<Reply | 'reset' | 'nothing'> {
    const action = String(headers['x-amz-target']).split('.').pop()!;
    this.calls.push(action);
    if (this.hang) {
      return 'nothing';
    }
    if (this.calls.length > MOST_CALLS) {
      return this.refuse(400, 'EndlessLoop', `more than ${MOST_CALLS} calls`);
    }
    if (this.script.latency) {
      await this.clock.sleep(this.script.latency);
    }
    if (this.isSkewed(String(headers['x-amz-date']))) {
      return this.refuse(400, 'InvalidSignatureException', 'Signature expired');
    }
    const fault = faultOf(this.script.faults ?? [], action, (this.clock.now() - this.startedAt) / 1000);
    if (fault?.kind === 'reset') {
      return 'reset';
    }
    if (fault && fault.kind !== 'reset-after') {
      const [status, type, message] = answers[fault.kind];
      return this.refuse(status, type, message);
    }
    await this.before[action]?.();
    this.state.settle();
    const answer = actions[action]?.(this.state, JSON.parse(body || '{}')) ?? {
      error: 'UnknownOperationException',
      message: action,
    };
    if (fault?.kind === 'reset-after') {
      return 'reset';
    }
    return 'error' in answer
      ? this.refuse(400, answer.error as string, answer.message as string)
      : this.reply(200, answer);
  }

  private refuse(status: number, type: string, message: string): Reply {
    return this.reply(status, { __type: type, message });
  }

  private reply(status: number, body: object): Reply {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      // How the SDK learns that its clock is wrong.
      date: new Date(Date.now() + (this.script.skew ?? 0) * 1000).toUTCString(),
    };
    return { status, headers, body: JSON.stringify(body) };
  }

  /** AWS refuses a signature that is more than five minutes off. */
  private isSkewed(signed: string): boolean {
    const [, y, m, d, h, min, s] = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(signed) ?? [];
    const signedAt = Date.UTC(+y, +m - 1, +d, +h, +min, +s);
    return Math.abs(Date.now() + (this.script.skew ?? 0) * 1000 - signedAt) > 300_000;
  }
}
