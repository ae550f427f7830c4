import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findStack, readCloudAssembly } from '../../src/assembly/cloud-assembly';
import { PreviewError } from '../../src/errors';

const directory = mkdtempSync(join(tmpdir(), 'viz-preview-assembly-'));
afterAll(() => rmSync(directory, { recursive: true }));

function read(artifacts: object | undefined, files: Record<string, unknown> = {}) {
  for (const [name, content] of Object.entries({ ...files, 'manifest.json': { artifacts } })) {
    writeFileSync(join(directory, name), JSON.stringify(content));
  }
  return readCloudAssembly(directory);
}

const TEMPLATE = { Resources: {} };
const files = { 'a.json': TEMPLATE };
const stack = (more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://123456789012/eu-west-1',
  properties: { templateFile: 'a.json' },
  ...more,
});

test('a stack has the name it is deployed under, or the one it is shown under, or its id', () => {
  const { stacks } = read(
    {
      One: stack({ displayName: 'shown', properties: { templateFile: 'a.json', stackName: 'deployed' } }),
      Two: stack({ displayName: 'shown' }),
      Three: stack(),
      Tree: { type: 'cdk:tree' },
    },
    files,
  );
  expect(stacks.map(({ name }) => name)).toEqual(['deployed', 'shown', 'Three']);
  expect(stacks[0]).toEqual({
    name: 'deployed',
    account: '123456789012',
    region: 'eu-west-1',
    template: TEMPLATE,
    assets: new Map(),
  });
});

test.each([['aws://unknown-account/unknown-region'], [undefined], ['']])(
  'what the environment %s leaves open has a value that stands for it',
  (environment) => {
    const [{ account, region }] = read({ One: stack({ environment }) }, files).stacks;
    expect({ account, region }).toEqual({ account: '000000000000', region: 'us-east-1' });
  },
);

test('an assembly may be empty', () => {
  expect(read({}).stacks).toEqual([]);
  expect(read(undefined).stacks).toEqual([]);
});

test('files of a stack are found by what they are called in its bucket', () => {
  const assets = {
    files: {
      code: {
        source: { path: 'asset.1', packaging: 'zip' },
        destinations: { here: { objectKey: '1.zip' }, there: { objectKey: '2.zip' } },
      },
      template: { source: { path: 'a.json' }, destinations: { here: { objectKey: 'a.json' } } },
    },
  };
  const [one, two] = read(
    {
      One: stack({ dependencies: ['One.assets', 'Two', 'Nothing'] }),
      Two: stack(),
      'One.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
    { ...files, 'assets.json': assets },
  ).stacks;
  expect([...one.assets]).toEqual([
    ['1.zip', { path: join(directory, 'asset.1'), packaging: 'zip' }],
    ['2.zip', { path: join(directory, 'asset.1'), packaging: 'zip' }],
    ['a.json', { path: join(directory, 'a.json'), packaging: 'file' }],
  ]);
  expect(two.assets.size).toBe(0);
});

test.each<[string, () => unknown, string]>([
  [
    'a folder without an assembly',
    () => readCloudAssembly(join(directory, 'nothing')),
    "'--app' must be a synthesized",
  ],
  [
    'a template that is not there',
    () => read({ One: stack({ properties: { templateFile: 'b.json' } }) }),
    `(a cdk.out folder), got: ${directory}. Run 'cdk synth' first.`,
  ],
  [
    'a stack that there is not',
    () => findStack(read({ One: stack(), Two: stack() }, files), 'Three'),
    `'--stack' must be a stack of ${directory}, got: Three. It has: One, Two.`,
  ],
  ['a stack of nothing', () => findStack(read({}), 'One'), 'got: One. It has: none.'],
])('%s is refused', (_name, act, sentence) => {
  expect(act).toThrow(PreviewError);
  expect(act).toThrow(sentence);
  expect(act).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2 }));
});
