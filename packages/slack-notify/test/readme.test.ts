import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

function propertiesIn(file: string): string[] {
  const text = readFileSync(join(__dirname, '..', 'src', file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => members.filter(ts.isPropertySignature).map(({ name }) => name.getText(source)));
}

test.each([...propertiesIn('slack-notify-props.ts'), ...propertiesIn('slack-approvals.ts')])(
  'the property %s is in the table of the README',
  (name) => {
    expect(readme).toContain(`| \`${name}\` |`);
  },
);
