import { execFileSync } from 'node:child_process';
import { read, root } from '../../site/src/tree';
import { codeIn, firstCells } from '../src/tables';

const sources = execFileSync('git', ['ls-files', 'packages', 'scripts', 'apps'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|mjs|py)$/.test(file) && !/\/tests?\//.test(file))
  .map(read);

const [ours] = read('docs/guides/troubleshooting.md').split('## CloudFormation and Cognito');
const messages = firstCells(ours).flatMap(codeIn);

/** The parts of a message that stand in the source: what is put in, and the form that all errors share, do not. */
function fixedParts(message: string): string[] {
  return message
    .split(/…| must |, got: /)
    .map((part) => part.replace(/^'(?:--)?([\w-]+)'$/, '$1').trim())
    .filter((part) => part.length > 2);
}

function isSaid(message: string): boolean {
  const parts = fixedParts(message);
  return (
    parts.length > 0 &&
    sources.some((source) => parts.every((part) => source.includes(part) || source.includes(part.replace(/'/g, "\\'"))))
  );
}

test.each(messages)('a program says "%s"', (message) => {
  expect(isSaid(message)).toBe(true);
});

test('there are messages on the page, and one that nobody says would be found out', () => {
  expect(messages.length).toBeGreaterThan(25);
  expect(isSaid('The image is on holiday.')).toBe(false);
});

test('the page has every reason that ecs-rollout gives for a failed task', () => {
  const why = 'packages/ecs-ec2-service/runtime/rollout/why';
  const reasons = ['explain.ts', 'events.ts'].flatMap((file) =>
    [...read(`${why}/${file}`).matchAll(/\bwhat: ['`]([A-Z][^'`]*)['`]/g)].map(([, what]) => what),
  );
  const onPage = messages.map((message) => fixedParts(message).join('…'));

  expect(reasons.length).toBeGreaterThan(20);
  const comparable = (what: string) => fixedParts(what.replace(/\$\{[^}]*\}/g, '…')).join('…');
  expect(reasons.filter((what) => !onPage.includes(comparable(what)))).toEqual([]);
});
