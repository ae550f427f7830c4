import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Folders } from '../src/folder';
import { installedVersion, npmInstall } from '../src/languages/node';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { floorOf } from '../src/versions';
import { constructPackages, root } from '../src/workspace';

const folders = new Folders();
const registry = sharedRegistry();

afterAll(() => folders.removeAll());

/** Installs the four constructs with these versions, compiles the app against their types, and synthesizes. */
async function compose(cdk: string, constructs: string): Promise<string> {
  const folder = folders.make();
  const names = constructPackages().map(({ name }) => name);
  const peers = [`aws-cdk-lib@${cdk}`, `constructs@${constructs}`];
  await npmInstall(registry, folder, [...peers, ...names, 'typescript@~6.0.3', '@types/node@^20']);
  cpSync(join(root, 'consumers/typescript'), folder, { recursive: true });
  await run('npx', ['tsc', '-p', '.'], { cwd: folder });
  await run('node', ['app.js'], { cwd: folder, env: { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') } });
  return folder;
}

test('the oldest aws-cdk-lib and constructs that the packages accept compile and synthesize', async () => {
  const folder = await compose(floorOf('aws-cdk-lib'), floorOf('constructs'));
  expect(installedVersion(folder, 'aws-cdk-lib')).toBe(floorOf('aws-cdk-lib'));
  expect(installedVersion(folder, 'constructs')).toBe(floorOf('constructs'));
  expect(existsSync(join(folder, 'cdk.out', 'PaebblViz.template.json'))).toBe(true);
});

test('a version older than the oldest would not do: the floor is as low as it can be', async () => {
  const { stdout } = await run('npm', ['view', `aws-cdk-lib@<${floorOf('aws-cdk-lib')}`, 'version', '--json'], {
    cwd: root,
  });
  const older = (JSON.parse(stdout) as string[]).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const folder = folders.make();
  const names = constructPackages().map(({ name }) => name);
  await npmInstall(registry, folder, [`aws-cdk-lib@${older}`, 'constructs@10', ...names], ['--legacy-peer-deps']);
  cpSync(join(root, 'consumers/javascript'), folder, { recursive: true });
  for (const name of names) {
    // What is asked here is whether the rest works without the check of the first import.
    writeFileSync(join(folder, 'node_modules', name, 'lib', 'requirements.js'), '');
  }
  await expect(run('node', ['app.js'], { cwd: folder })).rejects.toThrow(/InvalidValidationId/);
});
