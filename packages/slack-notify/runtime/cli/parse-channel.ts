import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

export const CHANNEL_FLAGS = {
  name: { type: 'string' },
  'invite-group': { type: 'string', multiple: true },
  'invite-email': { type: 'string', multiple: true },
  purpose: { type: 'string' },
  private: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What was asked for, checked. */
export interface ChannelOptions {
  readonly name: string;
  /** Handles without '@'. */
  readonly groups: string[];
  readonly emails: string[];
  readonly purpose?: string;
  readonly isPrivate: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** @throws UsageError */
export function parseChannel(args: string[]): ChannelOptions {
  const values = parse(args);
  const name = values.name?.replace(/^#/, '') ?? '';
  if (!/^[a-z0-9_-]{1,80}$/.test(name)) {
    throw new UsageError(
      `'--name' must be at most 80 lower case letters, digits, hyphens and underscores, got: '${values.name ?? ''}'`,
    );
  }
  const purpose = values.purpose;
  if (purpose !== undefined && purpose.length > 250) {
    throw new UsageError(`'--purpose' must have at most 250 characters, got: ${purpose.length}`);
  }
  return {
    name,
    groups: (values['invite-group'] ?? []).map((handle) => handle.replace(/^@/, '')),
    emails: values['invite-email'] ?? [],
    purpose,
    isPrivate: values.private ?? false,
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: CHANNEL_FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
