import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLAGS, VARIABLES } from '../../src/cli/flags';
import { helpText } from '../../src/cli/help';
import { EXIT } from '../../src/errors';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

test.each(FLAGS.map(({ name }) => name))('--%s is in the help and in the table of the README', (name) => {
  expect(helpText()).toContain(`--${name}`);
  expect(README).toMatch(new RegExp(`^\\| \`--${name}[ \`]`, 'm'));
});

test('the README documents no flag that is not there', () => {
  const documented = [...README.matchAll(/^\| `--([a-z-]+)/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual(FLAGS.map(({ name }) => name as string).sort());
});

test.each(VARIABLES.map(({ name }) => name))('%s is in the help and in the README', (name) => {
  expect(helpText()).toContain(name);
  expect(README).toContain(`\`${name}\``);
});

test.each(Object.entries(EXIT))('the exit code for %s is in the README', (_name, code) => {
  expect(README).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
});
