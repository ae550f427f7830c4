import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { jsiiPackages, publicPackages, root } from '../src/workspace';

/** Kilobytes of the download and on disk that a package may have: about a fifth more than it has, so that growth is noticed. */
const BUDGETS: Record<string, [packed: number, unpacked: number]> = {
  '@paebbl/alb-identity': [14, 40],
  '@paebbl/cognito-alb-auth': [140, 970],
  '@paebbl/ecr-pipeline': [60, 520],
  '@paebbl/ecs-ec2-service': [430, 2150],
  '@paebbl/preview': [620, 2300],
  '@paebbl/projen-viz-app': [300, 850],
  '@paebbl/slack-notify': [150, 860],
};

const { tarballs } = sharedRegistry();

test('what each package ships is what it shipped before', () => {
  expect(Object.fromEntries(tarballs.map(({ name, files }) => [name, files]))).toMatchSnapshot();
});

test('no package ships a test of its own, a source map, a tablet of samples or a file of settings', () => {
  for (const { name, files } of tarballs) {
    // The samples of projen-viz-app are what a new team gets, with their tests.
    const own = files.filter((file) => !file.startsWith('sample/'));
    expect([
      name,
      own.filter((file) => /(^|\/)(tests?|rosetta|node_modules)\/|\.map$|\.tabl|\.env|\.npmrc|\.test\./.test(file)),
    ]).toEqual([name, []]);
  }
});

test('no file of a package holds a source map, a key or an address of this machine', async () => {
  for (const { name, path } of tarballs) {
    const { stdout } = await run('tar', ['--extract', '--to-stdout', '--file', path], { cwd: root });
    expect([name, stdout.match(SUSPICIOUS)?.[0], stdout.includes(root)]).toEqual([name, undefined, false]);
  }
});

test.each([
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['https://hooks.slack.com/services/T0AB12CD3/', 'B0AB12CD3/x9Yz8Wv7Ut6Sr5Qp4On3Ml2K'],
  ['xoxb-', '123456789012-abcdef'],
  ['github_pat_', '11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ'],
  ['sourceMappingURL=', 'data:application/json'],
])('what begins with %s would be found', (start, rest) => {
  expect(`"${start}${rest}"`).toMatch(SUSPICIOUS);
});

/** Keys of AWS, of Slack, of npm and of GitHub, private keys, webhook addresses, inline maps, home folders. */
const SUSPICIOUS =
  /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20}|\bgithub_pat_[A-Za-z0-9_]{20}|\bAKIA[0-9A-Z]{16}\b|\bxox[abp]-\d{6,}|\bnpm_[A-Za-z0-9]{36}\b|\bgh[ps]_[A-Za-z0-9]{36}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{60}|sourceMappingURL=data:|\/(home|Users)\/[a-z]+\//;

test.each(publicPackages().map(({ name }) => name))('%s keeps within its size', (name) => {
  const [packed, unpacked] = BUDGETS[name] ?? [0, 0];
  const tarball = tarballs.find((each) => each.name === name);
  expect(tarball?.packedBytes).toBeLessThan(packed * 1000);
  expect(tarball?.unpackedBytes).toBeLessThan(unpacked * 1000);
});

test('a package with bundled code ships the licences of that code', () => {
  for (const { name, files } of tarballs.filter((tarball) =>
    tarball.files.some((file) => /^assets\/.*\.js$/.test(file)),
  )) {
    expect([name, files.includes('assets/THIRD-PARTY.txt')]).toEqual([name, true]);
  }
});

test('every parameter that is public has a name, which Java needs', () => {
  for (const { name, folder: source } of jsiiPackages()) {
    const assembly = JSON.parse(readFileSync(join(source, '.jsii'), 'utf8')) as Assembly;
    const parameters = Object.values(assembly.types ?? {}).flatMap(({ initializer, methods = [] }) =>
      [initializer, ...methods].flatMap((callable) => callable?.parameters?.map((parameter) => parameter.name) ?? []),
    );
    expect(parameters.length).toBeGreaterThan(0);
    expect([name, parameters.filter((parameter) => parameter.startsWith('__'))]).toEqual([name, []]);
  }
});

test('what is published in another language needs nothing that is not', () => {
  for (const { name, folder } of jsiiPackages()) {
    const assembly = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as Assembly;
    const languages = Object.keys(assembly.targets ?? {}).filter((language) => language !== 'js');
    for (const [dependency, { targets = {} }] of Object.entries(assembly.dependencyClosure ?? {})) {
      const missing = languages.filter((language) => !(language in targets));
      expect([name, dependency, missing]).toEqual([name, dependency, []]);
    }
  }
});

interface Assembly {
  readonly targets?: object;
  readonly dependencyClosure?: Record<string, { readonly targets?: object }>;
  readonly types?: Record<string, { initializer?: Callable; methods?: Callable[] }>;
}

interface Callable {
  readonly parameters?: { readonly name: string }[];
}
