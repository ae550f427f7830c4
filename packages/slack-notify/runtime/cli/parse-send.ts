import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

export const STATUSES = ['success', 'failure', 'cancelled', 'started'] as const;
export type Status = (typeof STATUSES)[number];

export const SEND_FLAGS = {
  status: { type: 'string' },
  service: { type: 'string' },
  environment: { type: 'string' },
  commit: { type: 'string' },
  'commit-title': { type: 'string' },
  author: { type: 'string' },
  branch: { type: 'string' },
  reason: { type: 'string' },
  seconds: { type: 'string' },
  'run-url': { type: 'string' },
  link: { type: 'string', multiple: true },
  fact: { type: 'string', multiple: true },
  'webhook-url-env': { type: 'string' },
  strict: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What was asked for, checked. */
export interface SendOptions {
  readonly status: Status;
  readonly service?: string;
  readonly environment?: string;
  readonly commit?: string;
  readonly commitTitle?: string;
  readonly author?: string;
  readonly branch?: string;
  readonly reason?: string;
  readonly seconds?: number;
  readonly runUrl?: string;
  readonly links: [string, string][];
  readonly facts: [string, string][];
  readonly webhookUrlVariable: string;
  readonly strict: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** @throws UsageError */
export function parseSend(args: string[]): SendOptions {
  const values = parse(args);
  const { status } = values;
  const seconds = given(values.seconds);
  if (!STATUSES.includes(status as Status)) {
    throw new UsageError(
      `'--status' must be one of ${STATUSES.join(', ')}, got: ${status ? `'${status}'` : 'nothing'}`,
    );
  }
  if (seconds !== undefined && !/^\d{1,9}(\.\d+)?$/.test(seconds)) {
    throw new UsageError(`'--seconds' must be a number, got: '${seconds}'`);
  }
  const variable = values['webhook-url-env'] ?? 'SLACK_WEBHOOK_URL';
  if (!/^[A-Za-z_]\w*$/.test(variable)) {
    // Not shown: it may be the URL itself.
    throw new UsageError("'--webhook-url-env' must be the name of an environment variable, got: something else");
  }
  return {
    status: status as Status,
    service: given(values.service),
    environment: given(values.environment),
    commit: given(values.commit),
    commitTitle: given(values['commit-title']),
    author: given(values.author),
    branch: given(values.branch),
    reason: given(values.reason),
    seconds: seconds === undefined ? undefined : Number(seconds),
    runUrl: given(values['run-url']),
    links: (values.link ?? []).map((pair) => split('--link', 'TEXT=URL', pair)),
    facts: (values.fact ?? []).map((pair) => split('--fact', 'NAME=VALUE', pair)),
    webhookUrlVariable: variable,
    strict: values.strict ?? false,
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
  };
}

/** What another step left empty is not known. */
function given(text: string | undefined): string | undefined {
  return text || undefined;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: SEND_FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function split(flag: string, form: string, pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) {
    throw new UsageError(`'${flag}' must have the form ${form}, got: '${pair}'`);
  }
  return [pair.slice(0, at), pair.slice(at + 1)];
}
