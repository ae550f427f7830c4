/** One commit, as its message says. */
export interface Change {
  /** feat, fix, docs, ...; nothing when the message follows no convention. */
  readonly type?: string;
  /** What stands in the brackets after the type: usually the name of a package. */
  readonly scope?: string;
  /** Whether it says that something stops working: `!` after the type, or a footer BREAKING CHANGE. */
  readonly breaking: boolean;
  readonly subject: string;
}

/** Version that the first release gets. */
export const FIRST_VERSION = '0.1.0';

const MINOR = ['feat'];
const PATCH = ['fix', 'perf', 'revert'];

/**
 * The version that follows from what changed; nothing when nobody outside would notice.
 *
 * Before 1.0 a breaking change is a new minor version, which is what `^0.1.0` excludes.
 *
 * @param last version of the last release, without a `v`; nothing before the first
 * @throws Error when `last` is no version
 */
export function nextVersion(last: string | undefined, changes: readonly Change[]): string | undefined {
  const level = levelOf(changes);
  if (!level) {
    return undefined;
  }
  if (last === undefined) {
    return FIRST_VERSION;
  }
  const [major, minor, patch] = parse(last);
  if (level === 'major' && major > 0) {
    return `${major + 1}.0.0`;
  }
  if (level === 'patch') {
    return `${major}.${minor}.${patch + 1}`;
  }
  return `${major}.${minor + 1}.0`;
}

/** Whether users must expect that something stops working when they go from one version to the other. */
export function mayBreak(from: string, to: string): boolean {
  const [oldMajor, oldMinor] = parse(from);
  const [newMajor, newMinor] = parse(to);
  return newMajor > oldMajor || (newMajor === 0 && oldMajor === 0 && newMinor > oldMinor);
}

function levelOf(changes: readonly Change[]): 'major' | 'minor' | 'patch' | undefined {
  if (changes.some(({ breaking }) => breaking)) {
    return 'major';
  }
  const has = (types: string[]) => changes.some(({ type }) => types.includes(type ?? ''));
  return has(MINOR) ? 'minor' : has(PATCH) ? 'patch' : undefined;
}

/** @throws Error when it is no version of a release */
export function parse(version: string): [number, number, number] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (!match) {
    throw new Error(`'version' must be three numbers such as 1.2.3, got: ${version}`);
  }
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
