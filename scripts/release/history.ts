import { execFileSync } from 'node:child_process';
import { Problem } from './problem';
import type { Change } from './version';

/** What git knows of the releases of a repository. */
export interface History {
  /** Version of the last release before this commit; nothing before the first. */
  readonly last?: string;
  /** What was committed since. */
  readonly changes: Change[];
}

const conventions = {
  headerPattern: /^(\w+)(?:\(([^)]*)\))?(!)?: (.*)$/,
  headerCorrespondence: ['type', 'scope', 'mark', 'subject'],
  noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
};

/**
 * Reads what changed since the last tag `v1.2.3`.
 *
 * @throws Problem when the clone is shallow: what it does not have cannot be judged
 */
export async function readHistory(repository: string): Promise<History> {
  if (git(repository, 'rev-parse', '--is-shallow-repository').trim() === 'true') {
    throw new Problem('This clone lacks the history that decides the version: run "git fetch --unshallow --tags".');
  }
  const last = lastTag(repository);
  const log = git(repository, 'log', '-z', '--format=%B', last ? `${last}..HEAD` : 'HEAD');
  // An ES module, which code of the other kind can only import so.
  const { CommitParser } = await import('conventional-commits-parser');
  const parser = new CommitParser(conventions);
  const messages = log.split('\0').filter((message) => message.trim() !== '');
  return { last: last?.slice(1), changes: messages.map((message) => toChange(parser.parse(message))) };
}

/** Whether a release has its tag, which it gets when it is published. */
export function isTagged(repository: string, version: string): boolean {
  return git(repository, 'tag', '--list', `v${version}`).trim() !== '';
}

interface ParsedCommit {
  readonly header: string | null;
  readonly notes: readonly unknown[];
  readonly type?: string | null;
  readonly scope?: string | null;
  readonly mark?: string | null;
  readonly subject?: string | null;
}

function toChange({ type, scope, mark, subject, header, notes }: ParsedCommit): Change {
  return {
    type: type ?? undefined,
    scope: scope ?? undefined,
    breaking: mark === '!' || notes.length > 0,
    subject: subject ?? header ?? '',
  };
}

function lastTag(repository: string): string | undefined {
  const tags = git(repository, 'tag', '--merged', 'HEAD', '--list', 'v*', '--sort=-version:refname').split('\n');
  return tags.find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
}
