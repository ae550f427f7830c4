import { type AuditReport, bundledIn, findVulnerabilities, installedWith, type Lock } from './audit';

const lock: Lock = {
  packages: {
    'packages/tool': { version: '0.0.0', dependencies: { outer: '^1.0.0' } },
    'node_modules/outer': { version: '1.0.0', dependencies: { inner: '^1.0.0', '@scope/other': '*' } },
    'node_modules/outer/node_modules/inner': { version: '1.5.0' },
    'node_modules/inner': { version: '2.0.0' },
    'node_modules/@scope/other': { version: '3.0.0', dependencies: { inner: '^2.0.0' } },
    'node_modules/only-tests': { version: '4.0.0' },
  },
};
const advisory = { title: 'Prototype pollution', url: 'https://example.com/1', severity: 'high' };
const report = (name: string, nodes: string[], via: AuditReport['vulnerabilities'][string]['via'] = [advisory]) => ({
  vulnerabilities: { [name]: { nodes, via } },
});

test('what npm installs with a package is found as Node finds it, and nothing else', () => {
  expect(installedWith(lock, 'packages/tool').sort()).toEqual([
    '@scope/other@3.0.0',
    'inner@1.5.0',
    'inner@2.0.0',
    'outer@1.0.0',
  ]);
});

test('what is bundled is read from the list of licences, whose texts may speak of anything', () => {
  const line = '-'.repeat(80);
  const text = `Head\n\n${line}\n\nplain 1.2.3 (MIT)\n\nname 9.9.9 (in the text)\n\n${line}\n\n@a/b 2.0.0 ((MIT OR ISC))\n\nText\n`;
  expect(bundledIn(text)).toEqual(['plain@1.2.3', '@a/b@2.0.0']);
});

test('an advisory about what users run is told, with who ships it', () => {
  const runtime = new Map([['inner@1.5.0', ['@team/tool', '@team/other']]]);
  expect(findVulnerabilities(report('inner', ['node_modules/outer/node_modules/inner']), lock, runtime)).toEqual([
    'inner 1.5.0, which @team/tool, @team/other ships, has a known vulnerability (high): Prototype pollution. https://example.com/1',
  ]);
});

test('an advisory about what only tests use, or about another version, is nobody’s risk', () => {
  const runtime = new Map([['inner@1.5.0', ['@team/tool']]]);
  expect(findVulnerabilities(report('only-tests', ['node_modules/only-tests']), lock, runtime)).toEqual([]);
  expect(findVulnerabilities(report('inner', ['node_modules/inner']), lock, runtime)).toEqual([]);
});

test('a package is not blamed for a dependency that esbuild left out of it', () => {
  const runtime = new Map([['outer@1.0.0', ['@team/tool']]]);
  expect(findVulnerabilities(report('outer', ['node_modules/outer'], ['inner']), lock, runtime)).toEqual([]);
});
