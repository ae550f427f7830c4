import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly members: Set<string>;
  readonly is_private: boolean;
  is_archived: boolean;
  purpose: string;
}

/** A workspace that answers the methods of the Web API that are used here, one channel a page. */
export class SlackApi {
  public static async start(): Promise<SlackApi> {
    const api = new SlackApi();
    api.server.listen(0, '127.0.0.1');
    await once(api.server, 'listening');
    return api;
  }

  public readonly channels: Channel[] = [];
  /** People by the id of the group. */
  public readonly groups: Record<string, string[]> = {};
  public readonly handles: Record<string, string> = {};
  public readonly emails: Record<string, string> = {};
  /** Answers of a method before the real ones. */
  public readonly refusing = new Map<string, object>();
  public readonly calls: string[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  public get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** People of each invitation. */
  public readonly invitations: string[][] = [];

  public addChannel(name: string, members: string[] = [], is_private = false): Channel {
    const channel = {
      id: `C${this.channels.length + 1}`,
      name,
      members: new Set(members),
      is_private,
      is_archived: false,
      purpose: '',
    };
    this.channels.push(channel);
    return channel;
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
    const method = (request.url ?? '').replace('/api/', '');
    this.calls.push(method);
    const input = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const result = this.refusing.get(method) ?? this.result(method, input);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ok: !('error' in result), ...result }));
  }

  private result(method: string, input: Record<string, string>): object {
    const channel = this.channels.find(({ id }) => id === input.channel);
    if (input.channel !== undefined && !channel) {
      return { error: 'channel_not_found' };
    }
    switch (method) {
      case 'conversations.list': {
        const at = Number(input.cursor || 0);
        const listed = this.channels.filter(
          (each) =>
            input.types === (each.is_private ? 'private_channel' : 'public_channel') &&
            !(each.is_archived && input.exclude_archived === 'true'),
        );
        const page = listed.slice(at, at + 1).map(({ members, purpose, ...rest }) => ({
          ...rest,
          is_member: members.has('UBOT'),
          purpose: { value: purpose },
        }));
        return {
          channels: page,
          response_metadata: { next_cursor: at + 1 < listed.length ? String(at + 1) : '' },
        };
      }
      case 'conversations.create':
        return { channel: { id: this.addChannel(input.name ?? '', ['UBOT'], input.is_private === 'true').id } };
      case 'conversations.join':
        channel?.members.add('UBOT');
        return {};
      case 'conversations.setPurpose':
        if (channel) {
          channel.purpose = input.purpose ?? '';
        }
        return {};
      case 'conversations.members':
        return { members: [...(channel?.members ?? [])] };
      case 'conversations.invite': {
        const users = (input.users ?? '').split(',');
        this.invitations.push(users);
        for (const user of users) {
          channel?.members.add(user);
        }
        return {};
      }
      case 'usergroups.list':
        return { usergroups: Object.entries(this.handles).map(([handle, id]) => ({ handle, id })) };
      case 'usergroups.users.list':
        return { users: this.groups[input.usergroup ?? ''] ?? [] };
      case 'users.lookupByEmail': {
        const id = this.emails[input.email ?? ''];
        return id ? { user: { id } } : { error: 'users_not_found' };
      }
      default:
        return { error: 'unknown_method' };
    }
  }
}
