import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'third-party-'));
  mkdirSync(join(folder, 'assets'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: object | string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function dependency(name: string, manifest: object, files: Record<string, string> = { LICENSE: `Terms of ${name}` }) {
  write(`node_modules/${name}/package.json`, { name, version: '1.2.3', ...manifest });
  for (const [file, text] of Object.entries(files)) {
    write(`node_modules/${name}/${file}`, text);
  }
}

/** What esbuild tells of a bundle: files, and how much of each is in it. */
function bundle(inputs: Record<string, number>) {
  const entries = Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }]);
  write('assets/bins.json', { outputs: { 'assets/bin/tool.js': { inputs: Object.fromEntries(entries) } } });
}

function run() {
  const script = join(__dirname, 'third-party.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'assets/bins.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const file = join(folder, 'assets', 'THIRD-PARTY.txt');
  return { status, stderr, text: existsSync(file) ? readFileSync(file, 'utf8') : undefined };
}

test('each package whose code is bundled is named with its version, its licence and the text of it', () => {
  dependency('plain', { license: 'MIT' });
  dependency('@scope/notice', { license: 'Apache-2.0' }, { LICENSE: 'Apache', 'NOTICE.md': 'By somebody' });
  bundle({ 'runtime/main.ts': 10, 'node_modules/plain/index.js': 10, 'node_modules/@scope/notice/lib/a.js': 10 });

  const { status, text } = run();

  expect(status).toBe(0);
  expect(text).toContain('plain 1.2.3 (MIT)\n\nTerms of plain');
  expect(text).toContain('@scope/notice 1.2.3 (Apache-2.0)\n\nApache\n\nBy somebody');
  expect(existsSync(join(folder, 'assets', 'bins.json'))).toBe(false);
});

test('a package that esbuild left out is not named', () => {
  dependency('shaken', { license: 'GPL-3.0-only' });
  bundle({ 'runtime/main.ts': 10, 'node_modules/shaken/index.js': 0 });

  expect(run().text).toBe('The bundles in this folder contain no code of other packages.\n');
});

test.each(['GPL-3.0-only', 'UNLICENSED', 'SEE LICENSE IN terms', '(MIT AND GPL-2.0-only)', undefined])(
  'code under the licence %s is not bundled: the build fails',
  (license) => {
    dependency('strict', { license });
    bundle({ 'node_modules/strict/index.js': 1 });

    const { status, stderr, text } = run();

    expect(status).not.toBe(0);
    expect(stderr).toContain(`the licence of 'strict' must be one of MIT, ISC, `);
    expect(stderr).toContain(`got: ${license}`);
    expect(text).toBeUndefined();
  },
);

test('where there is a choice, one permissive licence is enough', () => {
  dependency('dual', { license: '(GPL-2.0-only OR MIT)' });
  bundle({ 'node_modules/dual/index.js': 1 });

  expect(run().status).toBe(0);
});

test('a package without a text of its licence is told with where its source is', () => {
  dependency('bare', { license: 'MIT', repository: { url: 'https://example.com/bare' } }, {});
  bundle({ 'node_modules/bare/index.js': 1 });

  expect(run().text).toContain('It comes without a text of its licence. Its source: https://example.com/bare');
});

test('of a package inside a package, the inner one is meant', () => {
  dependency('outer', { license: 'GPL-3.0-only' });
  dependency('outer/node_modules/inner', { license: 'MIT', name: 'inner' });
  bundle({ 'node_modules/outer/node_modules/inner/index.js': 1 });

  expect(run().text).toContain('inner 1.2.3 (MIT)');
});
