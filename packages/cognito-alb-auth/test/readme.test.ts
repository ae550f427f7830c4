import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const sources = join(__dirname, '..', 'src');
const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

/** Properties of the interfaces of a file, each once. */
function propertiesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(sources, file), 'utf8'), ts.ScriptTarget.ES2022);
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => members.filter(ts.isPropertySignature).map(({ name }) => name.getText(source)));
}

const exported = [...readFileSync(join(sources, 'index.ts'), 'utf8').matchAll(/'\.\/([\w-]+)'/g)].map(
  ([, name]) => name,
);

test.each(propertiesIn('cognito-alb-auth-props.ts'))('the property %s has a row in the table of the README', (name) => {
  expect(readme).toContain(`| \`${name}\` |`);
});

test.each([...new Set(exported.flatMap((name) => propertiesIn(`${name}.ts`)))])(
  'the option %s is told in the README',
  (name) => {
    expect(readme).toContain(`\`${name}\``);
  },
);

test('there is something to tell', () => {
  expect(exported.length).toBeGreaterThan(5);
});
