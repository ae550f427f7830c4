import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionlint, hadolint, root, zizmor } from './linters';
import { generate, generateVizApp } from './sample';

// The first run installs the linters.
jest.setTimeout(180_000);

const samples: [string, () => string][] = [
  ["this repository's", () => root],
  ["another team's", () => generate({}, undefined, {}).outdir],
  ["another team's with an environment", () => generate({}, undefined, { environment: 'production' }).outdir],
  ["another team's that builds its tools", () => generate({}, undefined, { buildCommand: 'npm run build' }).outdir],
  ["another team's that deploys its stack", () => generate({}, undefined, { infrastructureStack: 'Viz' }).outdir],
  ["a new repository's", () => generateVizApp({ deployInfrastructure: true, environment: 'production' }).outdir],
];

test.each(samples)('actionlint finds nothing in %s workflows', (_name, repository) => {
  expect(actionlint(repository())).toEqual([]);
});

test.each(samples)('zizmor finds nothing in %s workflows', (_name, repository) => {
  expect(zizmor(repository())).toEqual([]);
});

test('the linters of workflows do find what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  cpSync(join(root, '.github'), join(folder, '.github'), { recursive: true });
  const bad = [
    'on: pull_request_target',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-24.04',
    '    steps:',
    '      - uses: actions/checkout@v7',
    '      - run: echo ${{ github.event.pull_request.title }}',
  ];
  writeFileSync(join(folder, '.github', 'workflows', 'bad.yml'), `${bad.join('\n')}\n`);
  expect(actionlint(folder).join('\n')).toContain('is potentially untrusted');
  const found = zizmor(folder).join('\n');
  expect(found).toContain('unpinned-uses');
  expect(found).toContain('template-injection');
  rmSync(folder, { recursive: true, force: true });
});

test.each<[string, () => string]>([
  ["this repository's app", () => join(root, 'apps', 'paebbl-viz', 'container')],
  ['an app without native packages', () => generate().outdir],
  [
    'an app with native packages',
    () => generate({ buildPackages: ['build-essential'], runtimePackages: ['libgomp1'] }).outdir,
  ],
  ['a new repository', () => join(generateVizApp().outdir, 'app')],
])('hadolint finds nothing in the Dockerfile of %s', (_name, folder) => {
  expect(hadolint(folder())).toEqual([]);
});

test('the linter of Dockerfiles does find what is wrong', () => {
  const { outdir } = generate();
  rmSync(join(outdir, 'Dockerfile'));
  writeFileSync(join(outdir, 'Dockerfile'), 'FROM python\nRUN pip install flask\n');
  const found = hadolint(outdir).join('\n');
  expect(found).toContain('DL3006');
  expect(found).toContain('DL3042');
});
