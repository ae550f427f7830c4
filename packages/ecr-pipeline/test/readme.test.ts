import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Names of the properties that an interface of src/ declares. */
function propsOf(file: string): string[] {
  return [...readFileSync(join(root, 'src', `${file}.ts`), 'utf8').matchAll(/^ {2}readonly (\w+)\??:/gm)].map(
    ([, name]) => name,
  );
}

test.each(['ecr-pipeline-props', 'github-source', 'replica'])(
  'the README has a row for each property of %s',
  (file) => {
    const names = propsOf(file);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  },
);

test('the README has no row for a property that does not exist', () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` \| .* \| .* \|$/gm)].map(([, name]) => name);
  const known = ['ecr-pipeline-props', 'github-source', 'replica'].flatMap(propsOf);
  expect(rows.filter((name) => !known.includes(name) && !['pushRole', 'deployRole'].includes(name))).toEqual([]);
});
