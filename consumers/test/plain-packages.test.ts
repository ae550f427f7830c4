import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { publicPackages, root } from '../src/workspace';

/** Those that jsii does not check. */
const plain = publicPackages().filter(({ manifest }) => !manifest.jsii);
const { tarballs } = sharedRegistry();

test.each(plain.map(({ name }) => name))('publint finds nothing in %s', async (name) => {
  const { path } = tarballs.find((tarball) => tarball.name === name)!;
  // A module of its own kind: asked in a process that can import it.
  const script = `
    import { publint } from 'publint';
    import { readFileSync } from 'node:fs';
    const tarball = readFileSync(process.argv[1]);
    const { messages } = await publint({ pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) } });
    console.log(JSON.stringify(messages));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, path], {
    cwd: join(root, 'consumers'),
  });
  expect(JSON.parse(stdout)).toEqual([]);
});

test('the types of alb-identity are right for every way to import it', async () => {
  const { path } = tarballs.find(({ name }) => name === '@paebbl/alb-identity')!;
  const script = `
    import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
    import { readFileSync } from 'node:fs';
    const { types, problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(process.argv[1]))));
    console.log(JSON.stringify({ types, problems }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, path], {
    cwd: join(root, 'consumers'),
  });
  const { types, problems } = JSON.parse(stdout);
  expect(types).toBeTruthy();
  expect(problems).toEqual([]);
});

test('preview is a command and not a library, so it has no types to be wrong', () => {
  const { main, types, exports } = JSON.parse(readFileSync(join(root, 'packages/preview/package.json'), 'utf8'));
  expect([main, types, exports]).toEqual([undefined, undefined, undefined]);
});
