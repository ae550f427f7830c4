import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subOf, type User } from '../../src/identity-provider/users';
import { type PreviewOptions, type StartedPreview, startPreview } from '../../src/preview';
import { APP, ASSEMBLY, type Change, STACK } from './assembly';

export const USER: User = user('ada@example.com', 'correct horse');

export function user(email: string, password: string, more: Partial<User> = {}): User {
  return { email, password, sub: subOf(email), groups: [], attributes: {}, ...more };
}

/** What `x-amzn-oidc-data` said in a request, as the fixture app repeats it. */
export function claimsOf(page: string): Record<string, unknown> {
  const data: string = JSON.parse(page).headers['x-amzn-oidc-data'];
  return JSON.parse(Buffer.from(data.split('.')[1], 'base64url').toString());
}

export interface TestPreview extends StartedPreview {
  /** What app, functions and door said. */
  readonly lines: string[];
}

/** Starts the fixture app behind its door, with a change to its template. */
export async function preview(change?: Change, options: Partial<PreviewOptions> = {}): Promise<TestPreview> {
  const directory = change ? copyWith(change) : ASSEMBLY;
  const removeCopy = () => change && rmSync(directory, { recursive: true, force: true });
  const lines: string[] = [];
  const started = await startPreview({
    app: directory,
    stack: STACK,
    context: APP,
    port: 0,
    engine: 'process',
    env: new Map(),
    files: new Map(),
    venv: undefined,
    users: [USER],
    log: (line) => lines.push(line),
    patienceSeconds: 60,
    signal: new AbortController().signal,
    ...options,
  }).catch((error) => {
    removeCopy();
    throw error;
  });
  const stop = async () => {
    await started.stop();
    removeCopy();
  };
  return { ...started, stop, lines };
}

function copyWith(change: Change): string {
  const directory = mkdtempSync(join(tmpdir(), 'viz-preview-test-'));
  cpSync(ASSEMBLY, directory, { recursive: true });
  const file = join(directory, `${STACK}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  change(template.Resources, template);
  writeFileSync(file, JSON.stringify(template));
  return directory;
}
