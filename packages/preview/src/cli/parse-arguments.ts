import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PreviewError } from '../errors';
import { FLAGS, type Flag } from './flags';
import { isEmail, type Person, readPeople } from './read-people';

export interface Arguments {
  readonly app: string;
  readonly stack: string;
  readonly context: string;
  readonly port: number;
  readonly engine: 'auto' | 'docker' | 'process';
  readonly env: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  readonly venv: string | undefined;
  /** Who signs in. */
  readonly people: readonly Person[];
  readonly https: HttpsChoice;
  readonly json: boolean;
}

/** The arguments of the command line, checked, or `help` if that is what was asked for. */
export function parseArguments(args: readonly string[]): Arguments | 'help' {
  const values = parse(args);
  if (values.help) {
    return 'help';
  }
  const port = Number(text(values, 'port') ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw usage('port', 'be a number from 0 to 65535', text(values, 'port'));
  }
  const engine = text(values, 'engine') ?? 'auto';
  if (engine !== 'auto' && engine !== 'docker' && engine !== 'process') {
    throw usage('engine', 'be auto, docker or process', engine);
  }
  const files = assignments(values.file as string[] | undefined, 'file');
  for (const [name, file] of files) {
    if (!existsSync(file) || !statSync(file).isFile()) {
      throw usage('file', 'name a file that is there', `${name}=${file}`);
    }
  }
  return {
    app: folder(values, 'app'),
    stack: required(values, 'stack'),
    context: folder(values, 'context'),
    port,
    engine,
    env: assignments(values.env as string[] | undefined, 'env'),
    files,
    venv: text(values, 'venv'),
    people: people(values),
    https: httpsChoice(values),
    json: values.json === true,
  };
}

export type HttpsChoice = 'off' | 'made' | { readonly certFile: string; readonly keyFile: string };

function people(values: Values): readonly Person[] {
  const file = text(values, 'users');
  const email = text(values, 'email');
  if (file !== undefined) {
    if (email !== undefined) {
      throw usage('email', 'not stand beside --users', email);
    }
    return readPeople(file);
  }
  const one = email ?? 'colleague@example.com';
  if (!isEmail(one)) {
    throw usage('email', 'be an e-mail address', one);
  }
  return [{ email: one, groups: [], attributes: {} }];
}

function httpsChoice(values: Values): HttpsChoice {
  const [certFile, keyFile] = [text(values, 'cert'), text(values, 'key')];
  if (certFile === undefined && keyFile === undefined) {
    return values.https ? 'made' : 'off';
  }
  for (const [name, file] of [
    ['cert', certFile],
    ['key', keyFile],
  ] as const) {
    if (file === undefined || !existsSync(file)) {
      throw usage(name, 'name a file that is there', file);
    }
  }
  return { certFile: certFile as string, keyFile: keyFile as string };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(args: readonly string[]): Values {
  const options = Object.fromEntries(
    (FLAGS as readonly Flag[]).map(({ name, value, multiple }) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const), multiple: multiple === true },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new PreviewError(
      'usage',
      `${(cause as Error).message.split('. ')[0]}. viz-preview --help shows what there is.`,
      { cause },
    );
  }
}

function text(values: Values, name: string): string | undefined {
  return values[name] as string | undefined;
}

function required(values: Values, name: string): string {
  const value = text(values, name);
  if (value === undefined || value === '') {
    throw new PreviewError('usage', `--${name} is missing. viz-preview --help shows an example.`);
  }
  return value;
}

function folder(values: Values, name: string): string {
  const value = required(values, name);
  if (!existsSync(value) || !statSync(value).isDirectory()) {
    throw usage(name, 'be a folder that is there', value);
  }
  return value;
}

function assignments(given: readonly string[] | undefined, flag: string): Map<string, string> {
  return new Map(
    (given ?? []).map((assignment) => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(assignment) ?? [];
      if (name === undefined) {
        // A value without a name may be a secret: it is not repeated.
        throw usage(flag, 'have the form NAME=VALUE', flag === 'env' ? '(not shown)' : assignment);
      }
      return [name, value];
    }),
  );
}

function usage(flag: string, rule: string, value: unknown): PreviewError {
  return new PreviewError('usage', `'--${flag}' must ${rule}, got: ${String(value)}`);
}
