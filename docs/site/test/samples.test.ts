import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { type Block, blocks, blocksOf } from '../src/blocks';
import { translatedPackages } from '../src/translations';
import { read, root } from '../src/tree';

/** Pages whose samples are a part of something: how the whole reads. The path leads from a sample's file to the root. */
const WHOLES: Record<string, (code: string) => string> = {
  'apps/paebbl-viz/infra/README.md': (code) =>
    `import type { config } from '../../../../apps/paebbl-viz/infra/config';\n({ ${code} }) satisfies Partial<typeof config.data>;`,
  'packages/projen-viz-app/sample/README.md': (code) =>
    `import type { VizAppOptions } from '@paebbl/projen-viz-app';\n({ ${code} }) satisfies Partial<VizAppOptions>;`,
};

const typescript = [...blocks(), ...blocksOf('packages/projen-viz-app/sample/README.md')].filter(({ info }) =>
  /^(ts|typescript)\b/.test(info),
);

/** Compiled when the site is made, and translated. */
const translated = translatedPackages().map((workspace) => `${workspace}/README.md`);

const samples: Block[] = typescript
  .filter(({ info, source }) => info === 'ts compile' || WHOLES[source])
  .map((block) => ({ ...block, code: WHOLES[block.source]?.(block.code) ?? block.code }));

test('every sample in TypeScript that a page shows is compiled', () => {
  const left = typescript.filter(
    ({ info, source }) => info !== 'ts compile' && !WHOLES[source] && !translated.includes(source),
  );

  expect(left.map(({ source, code }) => `${source}: ${code}`)).toEqual([]);
  // A page that is gone must not be left here.
  expect(Object.keys(WHOLES).filter((source) => !read(source).includes('```ts'))).toEqual([]);
});

test('samples compile strictly, those of construct packages aside', () => {
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

    expect(files.length).toBeGreaterThanOrEqual(7);
    expect(problems).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
