import type { WebClient } from '@slack/web-api';
import type { ChannelOptions } from '../cli/parse-channel';
import { NotifyError } from '../errors';
import { membersOf, peopleToInvite } from './people';

/** Slack takes that many people in one invitation. */
const INVITED_AT_ONCE = 100;

interface Channel {
  readonly id: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly purpose: string;
}

/** What was done, or with a dry run what would be. */
export interface Ensured {
  /** Missing only in a dry run of a channel that is not there. */
  readonly channelId?: string;
  readonly steps: string[];
}

/** Makes the channel, its purpose and its members as asked for, and touches nothing that is so already. */
export async function ensureChannel(client: WebClient, options: ChannelOptions): Promise<Ensured> {
  const steps: string[] = [];
  const step = async (words: string, act: () => Promise<unknown>) => {
    steps.push(words);
    return options.dryRun ? undefined : await act();
  };
  let channel = await findChannel(client, options);
  if (channel?.isArchived) {
    throw new NotifyError('archived', `#${options.name} is archived: a person has to bring it back.`);
  }
  const people = await peopleToInvite(client, options);
  if (!channel) {
    await step(`made the ${options.isPrivate ? 'private' : 'public'} channel #${options.name}`, async () => {
      const made = await client.conversations.create({ name: options.name, is_private: options.isPrivate });
      channel = { id: made.channel?.id ?? '', isMember: true, isArchived: false, purpose: '' };
    });
  } else if (!channel.isMember) {
    const { id } = channel;
    await step(`joined #${options.name}`, () => client.conversations.join({ channel: id }));
  }
  const channelId = channel?.id;
  if (options.purpose !== undefined && options.purpose !== channel?.purpose) {
    const { purpose } = options;
    await step('set the purpose', () => client.conversations.setPurpose({ channel: channelId ?? '', purpose }));
  }
  const present = channelId ? await membersOf(client, channelId) : new Set<string>();
  const missing = people.filter((id) => !present.has(id));
  if (missing.length > 0) {
    await step(`invited ${missing.length} ${missing.length === 1 ? 'person' : 'people'}`, async () => {
      for (let at = 0; at < missing.length; at += INVITED_AT_ONCE) {
        const users = missing.slice(at, at + INVITED_AT_ONCE).join(',');
        await client.conversations.invite({ channel: channelId ?? '', users });
      }
    });
  }
  return { channelId, steps };
}

async function findChannel(client: WebClient, { name, isPrivate }: ChannelOptions): Promise<Channel | undefined> {
  const types = isPrivate ? 'private_channel' : 'public_channel';
  for await (const page of client.paginate('conversations.list', { types, limit: 200, exclude_archived: false })) {
    const { channels = [] } = page as {
      channels?: {
        id: string;
        name: string;
        is_member?: boolean;
        is_archived?: boolean;
        purpose?: { value: string };
      }[];
    };
    const found = channels.find((channel) => channel.name === name);
    if (found) {
      return {
        id: found.id,
        isMember: found.is_member ?? false,
        isArchived: found.is_archived ?? false,
        purpose: found.purpose?.value ?? '',
      };
    }
  }
  return undefined;
}
