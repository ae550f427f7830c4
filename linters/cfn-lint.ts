import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';

const lock = join(__dirname, 'cfn-lint.lock');
const cache = join(__dirname, '..', 'node_modules', '.cache');

/** W3005: aws-cdk-lib names a dependency that a reference makes as well. It does no harm. */
const IGNORED = ['W3005'];

/** What the command `cfn-lint` does. */
const MAIN = 'import sys; from cfnlint.runner import main; sys.exit(main())';

interface Finding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: (string | number)[] | null };
}

/**
 * What cfn-lint, with CloudFormation's own schema of every resource, has to say about the templates of an app, each in a
 * line that begins with the rule. Nothing, when there is nothing wrong.
 */
export function cfnLint(app: App): string[] {
  const { directory, stacks } = app.synth();
  const regions = new Set(
    stacks.map(({ environment: { region } }) => (/^\w+-\w+-\d$/.test(region) ? region : 'us-east-1')),
  );
  const args = ['--format', 'json', '--ignore-checks', ...IGNORED, '--regions', ...regions];
  try {
    const { stdout, stderr } = spawnSync(
      'python3',
      ['-c', MAIN, ...args, '--', ...stacks.map((stack) => stack.templateFullPath)],
      {
        encoding: 'utf8',
        env: { ...process.env, PYTHONPATH: installed() },
      },
    );
    return findings(stdout, stderr);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A linter that could not do its work has found nothing either: that is no success. */
function findings(stdout: string, stderr: string): string[] {
  if (!stdout.startsWith('[')) {
    throw new Error(`'cfn-lint' must answer with a list, got: ${stdout}${stderr}`);
  }
  return (JSON.parse(stdout) as Finding[]).map(
    ({ Rule, Message, Location }) => `${Rule.Id} ${Message} at ${Location.Path?.join('/') ?? '?'}`,
  );
}

/**
 * Folder with cfn-lint, installed by its hashes when it is missing. The tests of several packages may come here at once: each
 * makes a folder of its own, and the first one that is done puts it in place.
 */
function installed(): string {
  const version = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 12);
  const folder = join(cache, `cfn-lint-${version}`);
  if (existsSync(folder)) {
    return folder;
  }
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'cfn-lint-'));
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', lock];
  execFileSync('python3', [...pip, '--target', made], { stdio: 'pipe' });
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) {
      throw error;
    }
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}
