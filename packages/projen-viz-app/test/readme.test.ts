import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '../src/workflow/settings';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(['container/python-container-options', 'workflow/deploy-workflow-options', 'viz-app/viz-app-options'])(
  'the README has a row for each option of %s',
  (file) => {
    const source = readFileSync(join(root, 'src', `${file}.ts`), 'utf8');
    const names = [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  },
);

test('the README has a row for each repository variable', () => {
  expect(Object.keys(VARIABLES).filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
});
