import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackMessage } from '../../../runtime/messages/slack-message';

/** How Slack answers one request. */
export type Answer = (response: ServerResponse, accept: () => void) => void;

export const answers = {
  ok: (): Answer => (response, accept) => {
    accept();
    response.end('ok');
  },
  /** As documented: a status and a word. */
  refuse:
    (status: number, word: string, headers: Record<string, string> = {}): Answer =>
    (response) => {
      response.writeHead(status, headers).end(word);
    },
  /** The status comes at once, and its word never. */
  refuseWithoutEnd:
    (status: number): Answer =>
    (response) => {
      response.writeHead(status).write('n');
    },
  /** The message is in the channel, and the answer is lost. */
  acceptThenReset: (): Answer => (response, accept) => {
    accept();
    response.socket?.destroy();
  },
  /** The message is in the channel, and the answer never comes. */
  acceptThenSilence: (): Answer => (_response, accept) => accept(),
  /** The status comes at once and the rest never. */
  acceptThenSlowBody: (): Answer => (response, accept) => {
    accept();
    response.writeHead(200).write('o');
  },
};

/** Answers as Slack documents, by script: each request takes the next answer, and `ok` when there is none left. */
export class SlackServer {
  public static async start(): Promise<SlackServer> {
    const slack = new SlackServer();
    slack.server.listen(0, '127.0.0.1');
    await once(slack.server, 'listening');
    return slack;
  }

  /** What is in the channel. */
  public readonly channel: { path: string; message: SlackMessage; at: number }[] = [];
  public requests = 0;
  public readonly script: Answer[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  public get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    this.requests += 1;
    const message = JSON.parse(Buffer.concat(chunks).toString());
    const path = request.url ?? '';
    const next = this.script.shift() ?? answers.ok();
    next(response, () => this.channel.push({ path, message, at: Date.now() }));
  }
}
