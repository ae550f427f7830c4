import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from './problem';
import { type Change, mayBreak } from './version';

/** What says whether a change may break something. */
export interface Announced {
  /** Version of the last release; nothing before the first. */
  readonly last?: string;
  /** What was committed since. */
  readonly changes: readonly Change[];
  /** The newest version in CHANGELOG.md. */
  readonly pending?: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly jsii?: object;
  readonly workspaces?: string[];
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/**
 * Compares the API of every construct package with that of its last published version, and says what it found.
 *
 * @param wanted names of packages; nothing for all of them
 * @returns a sentence for each package that breaks its users without a commit that says so
 * @throws Problem when a package is unknown or not built, or the registry does not answer
 */
export function checkCompatibility(repository: string, announced: Announced, wanted: readonly string[] = []): string[] {
  const failures: string[] = [];
  for (const { folder, name } of comparable(repository, wanted)) {
    const published = publishedVersion(name);
    if (!published) {
      console.log(`${name}: nothing is published yet, so there is nothing that it could break.`);
      continue;
    }
    const breaks = breakingChanges(repository, folder, name, published);
    if (!breaks) {
      console.log(`${name}: ${published} has no API to compare with, so there is nothing that it could break.`);
    } else if (breaks.length === 0) {
      console.log(`${name}: compatible with ${published}.`);
    } else if (mayBreakUsers(name, published, announced)) {
      console.log(`${name}: breaks users of ${published}, as announced.\n${breaks.join('\n')}`);
    } else {
      failures.push(
        `${name} breaks users of ${published}, and no commit says so: keep the API, or mark the commit with "!" or a footer "BREAKING CHANGE: what to do".`,
        ...breaks,
      );
    }
  }
  return failures;
}

/** The packages whose API jsii knows. */
function comparable(repository: string, wanted: readonly string[]): { folder: string; name: string }[] {
  const packages = (read(repository).workspaces ?? [])
    .map((folder) => ({ folder, manifest: read(join(repository, folder)) }))
    .filter(({ manifest }) => manifest.jsii && !manifest.private)
    .map(({ folder, manifest }) => ({ folder, name: manifest.name }));
  const unknown = wanted.find((name) => !packages.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new Problem(`'${unknown}' is no package to compare: choose ${packages.map(({ name }) => name).join(', ')}.`);
  }
  return packages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
}

/**
 * Whether a breaking change of a package was announced: by a commit that speaks of this package or of all, and, where the
 * changelog already names the next version, by a version that users expect it from.
 */
export function mayBreakUsers(name: string, published: string, { last, changes, pending }: Announced): boolean {
  if (pending && pending !== last) {
    return mayBreak(published, pending);
  }
  const scope = name.replace(/^@[^/]+\//, '');
  return changes.some((change) => change.breaking && (!change.scope || change.scope.split(/[\s,]+/).includes(scope)));
}

function publishedVersion(name: string): string | undefined {
  const { status, stdout } = spawnSync('npm', ['view', name, 'version', '--json'], { encoding: 'utf8', shell: false });
  if (status === 0) {
    return JSON.parse(stdout);
  }
  const error = stdout.startsWith('{') ? JSON.parse(stdout).error : undefined;
  if (error?.code === 'E404') {
    return undefined;
  }
  throw new Problem(
    `npm must say which version of ${name} is published, got: ${error?.summary ?? 'no answer'}. Try again.`,
  );
}

/**
 * What jsii-diff has to say, one line for each API that users would miss.
 *
 * @returns nothing where that version has no API: npm trusts a workflow only with a package that exists, so the first
 * version of each is an empty one
 */
function breakingChanges(repository: string, folder: string, name: string, version: string): string[] | undefined {
  const built = join(repository, folder);
  if (!existsSync(join(built, '.jsii'))) {
    throw new Problem(`${name} must be built before it is compared: run "npm run build".`);
  }
  const work = mkdtempSync(join(tmpdir(), 'compat-'));
  try {
    const before = unpack(repository, work, `${name}@${version}`);
    if (!existsSync(join(before, '.jsii'))) {
      return undefined;
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repository, 'node_modules', 'jsii-diff', 'bin', 'jsii-diff'), before, built],
      { encoding: 'utf8', env: { ...process.env, ...quiet } },
    );
    const found = `${stdout}${stderr}`.split('\n').filter((line) => /^(err|error)\s/i.test(line));
    if (status !== 0 && found.length === 0) {
      throw new Error(`jsii-diff must compare ${name}, got: status ${status}\n${stdout}${stderr}`);
    }
    return status === 0 ? [] : found.map((line) => `  ${line.replace(/^\S+\s+-?\s*/, '')}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * A published package, beside the versions of its dependencies that are installed here.
 *
 * jsii-diff could install it by itself, but not the optional peers that its types come from.
 */
function unpack(repository: string, work: string, spec: string): string {
  const packed = execFileSync('npm', ['pack', spec, '--json', '--pack-destination', work], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ filename }] = Object.values<{ filename: string }>(JSON.parse(packed));
  execFileSync('tar', ['-xzf', join(work, filename.replace('@', '').replace('/', '-')), '-C', work]);
  const folder = join(work, 'package');
  const { dependencies, peerDependencies } = read(folder);
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(work, 'node_modules', dependency);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(repository, 'node_modules', dependency), link);
  }
  return folder;
}

/** That a Node is old is said elsewhere. */
const quiet = {
  JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
  JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
};

function read(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
