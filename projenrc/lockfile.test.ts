import { completeLockfile, type Lockfile } from './lockfile';

function lockOf(packages: Lockfile['packages']): Lockfile {
  return { packages: { '': {}, ...packages } };
}

test('a binary of another platform is added with the platform that its name says', () => {
  const lock = lockOf({
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/core-linux-arm64-musl': '2.0.0' },
    },
  });

  expect(completeLockfile(lock)).toEqual(['@tool/core-linux-arm64-musl']);
  expect(lock.packages['node_modules/@tool/core-linux-arm64-musl']).toEqual({
    version: '2.0.0',
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  });
});

test('a binary that is locked already stays as it is, also where it is nested', () => {
  const lock = lockOf({
    'node_modules/a/node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-darwin-x64': '1.0.0' } },
    'node_modules/a/node_modules/tool-darwin-x64': { version: '1.0.0', optional: true },
  });
  const before = structuredClone(lock);

  expect(completeLockfile(lock)).toEqual([]);
  expect(lock).toEqual(before);
});

test('an optional dependency with a range is left to the registry', () => {
  const lock = lockOf({ 'node_modules/watcher': { version: '1.0.0', optionalDependencies: { fsevents: '^2.3.3' } } });

  expect(completeLockfile(lock)).toEqual([]);
});

test('a binary whose name says no platform is refused, not guessed', () => {
  const lock = lockOf({ 'node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-extra': '1.0.0' } } });

  expect(() => completeLockfile(lock)).toThrow("'tool-extra' must name the platform that it is for");
});
