import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../runtime/rollout/clock';
import { actions } from './actions';
import { answers, type Fault, faultOf } from './faults';
import { State } from './state';
import type { Timeline } from './timeline';

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
    const action = String(request.headers['x-amz-target']).split('.').pop()!;
    this.calls.push(action);
    if (this.hang) {
      return;
    }
    if (this.script.latency) {
      await this.clock.sleep(this.script.latency);
    }
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    // The date is how the SDK learns that its clock is wrong.
    response.setHeader('date', new Date(Date.now() + (this.script.skew ?? 0) * 1000).toUTCString());
    if (this.isSkewed(request)) {
      return refuse(response, 400, 'InvalidSignatureException', 'Signature expired');
    }
    const fault = faultOf(this.script.faults ?? [], action, (this.clock.now() - this.startedAt) / 1000);
    if (fault?.kind === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault && fault.kind !== 'reset-after') {
      const [status, type, message] = answers[fault.kind];
      return refuse(response, status, type, message);
    }
    await this.before[action]?.();
    this.state.settle();
    const answer = actions[action]?.(this.state, JSON.parse(Buffer.concat(chunks).toString() || '{}')) ?? {
      error: 'UnknownOperationException',
      message: action,
    };
    if (fault?.kind === 'reset-after') {
      request.socket.destroy();
      return;
    }
    if ('error' in answer) {
      return refuse(response, 400, answer.error as string, answer.message as string);
    }
    response.end(JSON.stringify(answer));
  }

  /** AWS refuses a signature that is more than five minutes off. */
  private isSkewed(request: IncomingMessage): boolean {
    const [, y, m, d, h, min, s] =
      /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(String(request.headers['x-amz-date'])) ?? [];
    const signedAt = Date.UTC(+y, +m - 1, +d, +h, +min, +s);
    return Math.abs(Date.now() + (this.script.skew ?? 0) * 1000 - signedAt) > 300_000;
  }
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response.statusCode = status;
  response.end(JSON.stringify({ __type: type, message }));
}
