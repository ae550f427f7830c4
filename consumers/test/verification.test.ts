import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Folders } from '../src/folder';
import type { Language, Packages } from '../src/languages/language';
import { Verification } from '../src/verification';

const folders = new Folders();
const ci = process.env.CI;

afterEach(() => {
  folders.removeAll();
  if (ci === undefined) {
    delete process.env.CI;
  } else {
    process.env.CI = ci;
  }
});

/** A program that leaves these templates, made from the version of aws-cdk-lib that it got. */
function language(name: string, template: (cdk: string) => string, gets?: string): Language {
  return {
    name,
    toolchain: [['node', '--version']],
    async synth({ cdkVersions }, folder) {
      const cdkVersion = gets ?? cdkVersions[0];
      const assembly = join(folder, 'cdk.out');
      mkdirSync(assembly);
      for (const stack of ['PaebblPipeline', 'PaebblViz']) {
        writeFileSync(join(assembly, `${stack}.template.json`), `${stack} ${template(cdkVersion)}`);
      }
      return { assembly, cdkVersion };
    },
  };
}

/** A verification against a language that writes the version of aws-cdk-lib into its templates. */
function verification() {
  const reference = language('Reference', (cdk) => `made with ${cdk}`);
  const packages = { cdkVersions: ['2.9.0', '2.8.0'] } as Packages;
  return { reference, verification: new Verification(reference, packages, folders.make(), process.env) };
}

test('a language that synthesizes the same templates passes', async () => {
  const other = language('Other', (cdk) => `made with ${cdk}`);
  expect(await verification().verification.verify(other)).toEqual({
    language: 'Other',
    verdict: 'passed',
    cdk: '2.9.0',
    note: 'the same templates',
  });
});

test('a template that differs is found out, and named', async () => {
  const other = language('Other', (cdk) => `made with ${cdk} `);
  expect(await verification().verification.verify(other)).toMatchObject({
    verdict: 'failed',
    note: 'other templates than Reference: PaebblPipeline, PaebblViz',
  });
});

test('a language with an older aws-cdk-lib is compared with what the reference makes of that one', async () => {
  const same = language('Same', (cdk) => `made with ${cdk}`, '2.8.0');
  const other = language('Other', () => 'something else', '2.8.0');
  const { verification: languages } = verification();
  expect(await languages.verify(same)).toMatchObject({
    verdict: 'passed',
    note: 'the same templates as with aws-cdk-lib 2.8.0',
  });
  expect(await languages.verify(other)).toMatchObject({ verdict: 'failed', cdk: '2.8.0' });
});

test('a program that fails is a failure with its words', async () => {
  const broken: Language = { ...language('Broken', String), synth: () => Promise.reject(new Error('no such method')) };
  expect(await verification().verification.verify(broken)).toEqual({
    language: 'Broken',
    verdict: 'failed',
    note: 'no such method',
  });
});

test('a language without its tools is skipped with a sentence on a laptop, and fails where CI is set', async () => {
  const absent: Language = { ...language('Absent', String), toolchain: [['no-such-compiler', '-version']] };
  const { verification: languages } = verification();
  delete process.env.CI;
  expect(await languages.verify(absent)).toMatchObject({
    verdict: 'skipped',
    note: "'no-such-compiler -version' must succeed to verify Absent: install it.",
  });
  process.env.CI = 'true';
  expect(await languages.verify(absent)).toMatchObject({ verdict: 'failed' });
});
