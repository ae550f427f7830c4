import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stamp } from './stamp';

let repository: string;

const write = (file: string, content: object | string) => {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  writeFileSync(join(repository, file), typeof content === 'string' ? content : JSON.stringify(content));
};
const read = (file: string) => JSON.parse(readFileSync(join(repository, file), 'utf8'));

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'stamp-'));
  const one = { name: '@team/one', version: '0.0.0' };
  const two = { name: '@team/two', version: '0.0.0', peerDependencies: { '@team/one': '^0.0.0', other: '^1.0.0' } };
  const app = { name: 'app', version: '0.0.0', private: true, dependencies: { '@team/one': '0.0.0' } };
  write('package.json', { name: 'root', version: '0.0.0', workspaces: ['packages/one', 'packages/two', 'app'] });
  write('package-lock.json', { packages: { 'packages/one': one, 'packages/two': two, app } });
  write('packages/one/package.json', one);
  write('packages/two/package.json', two);
  write('app/package.json', app);
  write('packages/python/pyproject.toml', '[project]\nname = "team"\nversion = "0.0.0"\n\n[tool.x]\nversions = "a"\n');
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

test('every public package and its Python twin get the version', () => {
  stamp(repository, '1.4.0');
  expect(read('packages/one/package.json').version).toBe('1.4.0');
  expect(read('packages/two/package.json').version).toBe('1.4.0');
  expect(readFileSync(join(repository, 'packages/python/pyproject.toml'), 'utf8')).toBe(
    '[project]\nname = "team"\nversion = "1.4.0"\n\n[tool.x]\nversions = "a"\n',
  );
});

test('what is never published keeps its version', () => {
  stamp(repository, '1.4.0');
  expect(read('app/package.json').version).toBe('0.0.0');
});

test('packages that name one another name the new version, and others stay', () => {
  stamp(repository, '1.4.0');
  expect(read('packages/two/package.json').peerDependencies).toEqual({ '@team/one': '^1.4.0', other: '^1.0.0' });
  expect(read('app/package.json').dependencies).toEqual({ '@team/one': '1.4.0' });
});

test('the lock file agrees with the manifests', () => {
  stamp(repository, '1.4.0');
  for (const folder of ['packages/one', 'packages/two', 'app']) {
    expect(read('package-lock.json').packages[folder]).toEqual(read(`${folder}/package.json`));
  }
});

test('what is no version is refused before anything is written', () => {
  expect(() => stamp(repository, 'latest')).toThrow("'version' must be three numbers such as 1.2.3, got: latest");
  expect(read('packages/one/package.json').version).toBe('0.0.0');
});

test('a Python package without a version is refused with what to add', () => {
  write('packages/python/pyproject.toml', '[project]\nname = "team"\n');
  expect(() => stamp(repository, '1.4.0')).toThrow('packages/python/pyproject.toml must have a line version = "..."');
});
