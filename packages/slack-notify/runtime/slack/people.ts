import type { WebClient } from '@slack/web-api';
import { NotifyError } from '../errors';

/** The ids of everyone who was named, each once. */
export async function peopleToInvite(
  client: WebClient,
  { groups, emails }: { groups: string[]; emails: string[] },
): Promise<string[]> {
  const ids = new Set<string>();
  for (const id of await peopleInGroups(client, groups)) {
    ids.add(id);
  }
  for (const email of emails) {
    const { user } = await client.users.lookupByEmail({ email });
    ids.add(user?.id ?? '');
  }
  ids.delete('');
  return [...ids];
}

/** @throws NotifyError when there is no such group */
async function peopleInGroups(client: WebClient, handles: string[]): Promise<string[]> {
  if (handles.length === 0) {
    return [];
  }
  const { usergroups = [] } = await client.usergroups.list();
  const people: string[] = [];
  for (const handle of handles) {
    const group = usergroups.find((candidate) => candidate.handle === handle);
    if (!group?.id) {
      const known = usergroups.map((candidate) => candidate.handle).join(', ');
      throw new NotifyError('no_group', `'--invite-group' must be one of ${known || 'no groups'}, got: '${handle}'`);
    }
    const { users = [] } = await client.usergroups.users.list({ usergroup: group.id });
    people.push(...users);
  }
  return people;
}

/** Everyone in a channel. */
export async function membersOf(client: WebClient, channel: string): Promise<Set<string>> {
  const members = new Set<string>();
  for await (const page of client.paginate('conversations.members', { channel, limit: 200 })) {
    for (const id of (page as { members?: string[] }).members ?? []) {
      members.add(id);
    }
  }
  return members;
}
