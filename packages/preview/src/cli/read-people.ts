import { readFileSync } from 'node:fs';
import { PreviewError } from '../errors';

/** Somebody who can sign in, as far as the command line says. */
export interface Person {
  readonly email: string;
  /** Made up in every start if missing. */
  readonly password?: string;
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

export function isEmail(text: string): boolean {
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}

/** Reads the file of `--users`: a JSON list of `{ email, password?, groups?, attributes? }`. */
export function readPeople(file: string): Person[] {
  const people = parse(file);
  if (!Array.isArray(people) || people.length === 0) {
    throw refusal(file, 'must hold a list of at least one person');
  }
  const read = people.map((person, index) => readPerson(person, `${file}[${index}]`));
  const addresses = read.map(({ email }) => email.toLowerCase());
  const twice = addresses.find((email, index) => addresses.indexOf(email) !== index);
  if (twice !== undefined) {
    throw refusal(file, `must name everyone once, got: ${twice} twice`);
  }
  return read;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    // The parser's own message may repeat what stands in the file, passwords too.
    const why = cause instanceof SyntaxError ? 'must hold JSON' : 'must be a file that can be read';
    throw new PreviewError('usage', `${file} of --users ${why}.`, { cause });
  }
}

function readPerson(person: unknown, path: string): Person {
  if (typeof person !== 'object' || person === null) {
    throw refusal(path, 'must be an object');
  }
  const { email, password, groups = [], attributes = {}, ...unknown } = person as Record<string, unknown>;
  if (Object.keys(unknown).length > 0) {
    throw refusal(path, `knows email, password, groups and attributes, got: ${Object.keys(unknown).join(', ')}`);
  }
  if (typeof email !== 'string' || !isEmail(email)) {
    throw refusal(`${path}.email`, 'must be an e-mail address');
  }
  if (password !== undefined && (typeof password !== 'string' || password === '')) {
    throw refusal(`${path}.password`, 'must be text');
  }
  if (!Array.isArray(groups) || groups.some((group) => typeof group !== 'string' || group === '')) {
    throw refusal(`${path}.groups`, 'must be a list of names');
  }
  if (
    typeof attributes !== 'object' ||
    attributes === null ||
    Array.isArray(attributes) ||
    Object.values(attributes).some((value) => typeof value !== 'string')
  ) {
    throw refusal(`${path}.attributes`, 'must be an object of texts');
  }
  return {
    email,
    ...(password === undefined ? {} : { password }),
    groups,
    attributes: attributes as Record<string, string>,
  };
}

function refusal(path: string, rule: string): PreviewError {
  return new PreviewError('usage', `${path} of --users ${rule}.`);
}
