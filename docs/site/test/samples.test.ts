import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { root } from '../src/tree';
import { blocks } from './markdown';

const samples = blocks().filter(({ info }) => info === 'ts compile');

test('samples of the guides compile strictly', () => {
  // Below this folder, so that packages are found as they are for anybody who installs them.
  const parent = join(root, 'docs', 'site', '.samples');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  try {
    const files = samples.map(({ source, code }, index) => {
      const file = join(folder, `${index}-${source.replace(/\W+/g, '-')}.ts`);
      writeFileSync(file, code);
      return file;
    });
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      noUnusedLocals: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ['node'],
    });

    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);

    expect(files.length).toBeGreaterThanOrEqual(3);
    expect(problems).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
