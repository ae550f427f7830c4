import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from '../../../runtime/cli/github';

const folder = mkdtempSync(join(tmpdir(), 'slack-notify-'));

/** The file that GitHub keeps the event in. */
function eventFile(content: string): string {
  const path = join(folder, 'event.json');
  writeFileSync(path, content);
  return path;
}

const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'paebbl/viz', GITHUB_ACTOR: 'ben' };

test('elsewhere nothing is known, whatever variables there are', () => {
  expect(readRun({ ...GITHUB, GITHUB_ACTIONS: 'false', GITHUB_SHA: '4f2c1d7' })).toEqual({});
});

test('a push tells its commit, and the run and the commit have pages', () => {
  const head_commit = { message: 'Fix the axis\n\nLong story', author: { name: 'Ana' } };
  const run = readRun({
    ...GITHUB,
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_REF_NAME: 'main',
    GITHUB_SHA: '4f2c1d7',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_EVENT_PATH: eventFile(JSON.stringify({ head_commit })),
  });
  expect(run).toEqual({
    repository: 'paebbl/viz',
    workflow: 'deploy',
    branch: 'main',
    commit: '4f2c1d7',
    commitTitle: 'Fix the axis',
    author: 'Ana',
    runUrl: 'https://github.example.com/paebbl/viz/actions/runs/42/attempts/2',
    commitUrl: 'https://github.example.com/paebbl/viz/commit/4f2c1d7',
  });
});

test('what a run does not say is left out', () => {
  expect(readRun(GITHUB)).toEqual({ repository: 'paebbl/viz', author: 'ben' });
});

test('without a server and an attempt the page is the one of github.com', () => {
  expect(readRun({ ...GITHUB, GITHUB_RUN_ID: '42' }).runUrl).toBe('https://github.com/paebbl/viz/actions/runs/42');
});

test.each([
  ['no commit', '{}'],
  ['a commit without words', '{"head_commit":{"author":{}}}'],
  ['a commit of nobody', '{"head_commit":{}}'],
  ['no JSON', 'half a fi'],
  ['a list of nothing', '{"head_commit":null}'],
])('an event with %s costs the title only', (_name, content) => {
  const run = readRun({ ...GITHUB, GITHUB_EVENT_PATH: eventFile(content) });
  expect(run).toEqual({ repository: 'paebbl/viz', author: 'ben' });
});

test('a file that is not there costs the title only', () => {
  const run = readRun({ ...GITHUB, GITHUB_EVENT_PATH: join(folder, 'none.json') });
  expect(run).toEqual({ repository: 'paebbl/viz', author: 'ben' });
});
