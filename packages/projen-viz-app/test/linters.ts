import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..', '..');

/** Made once for each version of the lock file. */
const venv = join(root, 'node_modules', '.cache', 'workflow-linters');
const lock = join(__dirname, 'linters.lock');

/** Path of a linter that comes from PyPI, installed by its hash when it is missing. */
function linter(name: 'actionlint' | 'hadolint' | 'zizmor'): string {
  const stamp = join(venv, 'installed');
  const version = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(venv, { recursive: true });
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', lock];
    execFileSync(join(venv, 'bin', 'python'), pip, { stdio: 'pipe' });
    writeFileSync(stamp, version);
  }
  return join(venv, 'bin', name);
}

/** What actionlint, with its knowledge of GitHub's schema and expressions, has to say about the workflows of a repository. */
export function actionlint(repository: string): string[] {
  const folder = join(repository, '.github', 'workflows');
  const files = readdirSync(folder).map((file) => join(folder, file));
  const { stdout, stderr } = spawnSync(linter('actionlint'), ['-format', '{{json .}}', ...files], { encoding: 'utf8' });
  return findings('actionlint', stdout, stderr).map(({ filepath, line, message }) => `${filepath}:${line} ${message}`);
}

/** What zizmor has to say about the security of the workflows. */
export function zizmor(repository: string): string[] {
  const folder = join(repository, '.github', 'workflows');
  const { stdout, stderr } = spawnSync(linter('zizmor'), ['--offline', '--format=json', folder], { encoding: 'utf8' });
  return findings('zizmor', stdout, stderr).map(({ ident, desc }) => `${ident}: ${desc}`);
}

/** What hadolint has to say about a Dockerfile. */
export function hadolint(folder: string): string[] {
  const file = join(folder, 'Dockerfile');
  const { stdout, stderr } = spawnSync(linter('hadolint'), ['--format=json', '--failure-threshold=style', file], {
    encoding: 'utf8',
  });
  return findings('hadolint', stdout, stderr).map(({ line, code, message }) => `${line} ${code} ${message}`);
}

/** A linter that could not do its work has found nothing either: that is no success. */
function findings(name: string, stdout: string, stderr: string): Record<string, string>[] {
  if (!stdout.startsWith('[')) {
    throw new Error(`'${name}' must answer with a list, got: ${stdout}${stderr}`);
  }
  return JSON.parse(stdout);
}
