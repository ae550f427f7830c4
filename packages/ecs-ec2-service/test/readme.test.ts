import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** Every property of the published interfaces, as jsii has compiled them. */
function properties(): [string, string][] {
  const assembly = JSON.parse(readFileSync(path.join(root, '.jsii'), 'utf8'));
  return Object.values(
    assembly.types as Record<string, { kind: string; name: string; properties?: { name: string }[] }>,
  )
    .filter((type) => type.kind === 'interface')
    .flatMap((type) => (type.properties ?? []).map((property): [string, string] => [type.name, property.name]));
}

test.each(properties())('%s.%s is in a table of the README', (_interface, property) => {
  expect(readme).toMatch(new RegExp(`^\\| \`${property}\` \\| \\S`, 'm'));
});
