import { parseArgs } from 'node:util';
import type { DeployOptions } from './commands/deploy';
import type { RollbackOptions } from './commands/rollback';
import type { WatchOptions } from './commands/watch';
import type { ServiceName } from './context';
import { parseImage } from './image';
import { RolloutError, usageError } from './rollout-error';

/** What the command line asks for. */
export type Command =
  | { name: 'deploy'; options: DeployOptions; json: boolean }
  | { name: 'rollback'; options: RollbackOptions; json: boolean }
  | { name: 'watch'; options: WatchOptions; json: boolean }
  | { name: 'status'; options: ServiceName; json: boolean }
  | { name: 'help' };

/** Every flag: which commands take it, and what it means. `--help` and the README are made of it. */
export const flags = {
  cluster: {
    type: 'string',
    commands: ['deploy', 'status', 'rollback', 'watch'],
    value: 'NAME',
    text: 'cluster of the service',
  },
  service: { type: 'string', commands: ['deploy', 'status', 'rollback', 'watch'], value: 'NAME', text: 'the service' },
  image: { type: 'string', commands: ['deploy'], value: 'IMAGE', text: 'repository:tag or repository@sha256:...' },
  container: {
    type: 'string',
    commands: ['deploy', 'rollback'],
    value: 'NAME',
    text: 'container whose image it is (default: the only one)',
  },
  'release-parameter': {
    type: 'string',
    commands: ['deploy', 'rollback'],
    value: 'NAME',
    text: 'SSM parameter that gets the image, by its digest, once it is live (default: none)',
  },
  'min-desired-count': {
    type: 'string',
    commands: ['deploy'],
    value: 'N',
    text: 'tasks to start where the service wants fewer, as before its first release (default: as it is)',
  },
  force: {
    type: 'boolean',
    commands: ['deploy'],
    text: 'start new tasks of the same revision where the image is live already, as for changed secrets',
  },
  to: {
    type: 'string',
    commands: ['rollback'],
    value: 'REVISION',
    text: 'revision of the task definition (default: the last one that succeeded, or the one before a running rollout)',
  },
  timeout: {
    type: 'string',
    commands: ['deploy', 'rollback', 'watch'],
    value: 'TIME',
    text: 'how long to follow, such as 90s, 30m or 2h (default: 30m, and the bake, step and pause times of the service)',
  },
  json: {
    type: 'boolean',
    commands: ['deploy', 'status', 'rollback', 'watch'],
    text: 'one JSON event a line, for programs',
  },
  help: { type: 'boolean', commands: [], text: 'this text' },
} as const;

export const commandNames = ['deploy', 'status', 'rollback', 'watch'] as const;
type CommandName = (typeof commandNames)[number];

/** @throws RolloutError of code `usage` */
export function readArguments(argv: string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help || argv.length === 0 || positionals[0] === 'help') {
    return { name: 'help' };
  }
  const [command, ...rest] = positionals;
  if (!commandNames.includes(command as CommandName) || rest.length > 0) {
    throw usageError('command', `be one of ${commandNames.join(', ')}`, positionals.join(' ') || 'none');
  }
  const name = command as CommandName;
  for (const flag of Object.keys(values) as (keyof typeof flags)[]) {
    if (!(flags[flag].commands as readonly string[]).includes(name)) {
      throw usageError(`--${flag}`, `be left out of ${name}`, String(values[flag]));
    }
  }
  return assemble(name, values);
}

type Values = ReturnType<typeof parse>['values'];

function assemble(name: CommandName, values: Values): Command {
  const json = values.json ?? false;
  const target = { cluster: needed(values, 'cluster'), service: needed(values, 'service') };
  if (name === 'status') {
    return { name, options: target, json };
  }
  const timed = { ...target, timeoutMs: duration(values.timeout) };
  if (name === 'watch') {
    return { name, options: timed, json };
  }
  const releaseParameter = parameterName(values['release-parameter']);
  const changing = { ...timed, container: values.container, releaseParameter };
  if (name === 'rollback') {
    return { name, options: { ...changing, to: values.to }, json };
  }
  const image = needed(values, 'image');
  parseImage(image);
  const minDesiredCount = count(values['min-desired-count']);
  return { name, options: { ...changing, image, minDesiredCount, force: values.force ?? false }, json };
}

function parse(argv: string[]) {
  try {
    const options = Object.fromEntries(Object.entries(flags).map(([flag, { type }]) => [flag, { type }]));
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    return {
      values: values as { [F in keyof typeof flags]?: (typeof flags)[F]['type'] extends 'boolean' ? boolean : string },
      positionals,
    };
  } catch (error) {
    // Node's first sentence; the others are advice for whoever wrote the parser.
    const [sentence] = (error as Error).message.split(/\.(?:\s|$)/);
    throw new RolloutError('usage', `${sentence}.`, { cause: error });
  }
}

function needed(values: Values, flag: 'cluster' | 'service' | 'image'): string {
  const value = values[flag];
  if (!value) {
    throw usageError(`--${flag}`, 'be given', value === '' ? 'an empty text' : 'none');
  }
  return value;
}

function duration(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [, number, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? [];
  if (!number || Number(number) === 0) {
    throw usageError('--timeout', 'be a whole number of seconds, minutes or hours, such as 90s, 30m or 2h', text);
  }
  return Number(number) * { s: 1_000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
}

function count(text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,3}$/.test(text)) {
    throw usageError('--min-desired-count', 'be a whole number from 1 to 9999', text);
  }
  return text === undefined ? undefined : Number(text);
}

function parameterName(name: string | undefined): string | undefined {
  if (name !== undefined && !/^[\w./-]{1,1011}$/.test(name)) {
    throw usageError('--release-parameter', 'be the name of an SSM parameter (letters, digits and ._-/)', name);
  }
  return name;
}
