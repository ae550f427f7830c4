import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Folders } from '../src/folder';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { publicPackages, root } from '../src/workspace';

/** Those that jsii does not check. */
const plain = publicPackages().filter(({ manifest }) => !manifest.jsii);
const { tarballs } = sharedRegistry();
const pathOf = (name: string) => tarballs.find((tarball) => tarball.name === name)?.path as string;
const folders = new Folders();

afterAll(() => folders.removeAll());

/** Runs a script in a process that can import ES modules, with the path of a tarball. */
async function ask(script: string, tarball: string) {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, tarball], {
    cwd: join(root, 'consumers'),
  });
  return JSON.parse(stdout);
}

/** What publint finds in a tarball. */
const publint = (tarball: string): Promise<{ code: string }[]> =>
  ask(
    `
    import { publint } from 'publint';
    import { readFileSync } from 'node:fs';
    const { buffer, byteOffset, length } = readFileSync(process.argv[1]);
    const { messages } = await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + length) } });
    console.log(JSON.stringify(messages));`,
    tarball,
  );

/** What "are the types wrong" finds in a tarball. */
const typesOf = (tarball: string): Promise<{ types: unknown; problems: { kind: string }[] }> =>
  ask(
    `
    import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
    import { readFileSync } from 'node:fs';
    const { types, problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(process.argv[1]))));
    console.log(JSON.stringify({ types, problems: problems ?? [] }));`,
    tarball,
  );

test.each(plain.map(({ name }) => name))('publint finds nothing in %s', async (name) => {
  expect(await publint(pathOf(name))).toEqual([]);
});

test('the types of alb-identity are right for every way to import it', async () => {
  const { types, problems } = await typesOf(pathOf('@paebbl/alb-identity'));
  expect(types).toBeTruthy();
  expect(problems).toEqual([]);
});

test('preview is a command and not a library, so it has no types to be wrong', () => {
  const { main, types, exports } = JSON.parse(readFileSync(join(root, 'packages/preview/package.json'), 'utf8'));
  expect([main, types, exports]).toEqual([undefined, undefined, undefined]);
});

test('both do find an entry point, and types, that are not there', async () => {
  const folder = folders.make();
  await run('tar', ['--extract', '--file', pathOf('@paebbl/alb-identity')], { cwd: folder });
  const manifest = join(folder, 'package', 'package.json');
  const exports = { '.': { types: './lib/none.d.ts', import: './lib/none.mjs', default: './lib/index.js' } };
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), exports }));
  const spoiled = join(folder, 'spoiled.tgz');
  await run('tar', ['--create', '--gzip', '--file', spoiled, 'package'], { cwd: folder });

  expect((await publint(spoiled)).map(({ code }) => code)).toContain('FILE_DOES_NOT_EXIST');
  expect((await typesOf(spoiled)).problems.map(({ kind }) => kind)).toContain('FallbackCondition');
});
