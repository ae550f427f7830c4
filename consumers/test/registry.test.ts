import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { publicPackages } from '../src/workspace';

const registry = sharedRegistry();
const folder = mkdtempSync(join(tmpdir(), 'paebbl-registry-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every public package of the repository is published', async () => {
  for (const { name, version } of publicPackages()) {
    const { stdout } = await run('npm', ['view', name, 'version'], { cwd: folder, env: registry.env });
    expect([name, stdout.trim()]).toEqual([name, version]);
  }
});

test("a package that is not the repository's comes from the machine's own registry", async () => {
  const { stdout } = await run('npm', ['view', 'constructs@10.8.1', 'version'], { cwd: folder, env: registry.env });
  expect(stdout.trim()).toBe('10.8.1');
});

test('the .npmrc of a project is enough to install one of them', async () => {
  writeFileSync(join(folder, '.npmrc'), registry.npmrc);
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  await run('npm', ['install', '--no-audit', '--no-fund', '@paebbl/alb-identity'], { cwd: folder });
  const { stdout } = await run('node', ['-p', "Object.keys(require('@paebbl/alb-identity')).length > 0"], {
    cwd: folder,
  });
  expect(stdout.trim()).toBe('true');
});

test('a version is published once, as on npm', async () => {
  await expect(registry.publish(registry.tarballs[0].path)).rejects.toThrow(
    /E409|cannot publish over|already present/i,
  );
});
