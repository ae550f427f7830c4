import { join } from 'node:path';
import { Folders } from '../src/folder';
import { npmInstall } from '../src/languages/node';
import { CommandError, run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { floorOf } from '../src/versions';
import { constructPackages, publicPackages } from '../src/workspace';

const folders = new Folders();
const constructs = constructPackages().map(({ name }) => name);
const floor = floorOf('aws-cdk-lib');
/** Older than any that the constructs work with, and small enough to be here soon. */
const OLD = '2.200.0';
const registry = sharedRegistry();

afterAll(() => folders.removeAll());

/** What a command that must fail says. */
async function words(command: Promise<unknown>): Promise<string> {
  const outcome = await command.then(
    () => undefined,
    (error) => error,
  );
  expect(outcome).toBeInstanceOf(CommandError);
  return (outcome as CommandError).output;
}

test('without aws-cdk-lib the first import says in one sentence what to install', async () => {
  const folder = folders.make();
  await npmInstall(registry, folder, constructs, ['--legacy-peer-deps']);
  for (const name of constructs) {
    const said = await words(run('node', ['-e', `require('${name}')`], { cwd: folder }));
    expect(said).toContain(
      `Error: 'aws-cdk-lib' must be ${floor} or a later 2.x, got: none: run "npm install aws-cdk-lib@2 constructs@10"\n`,
    );
  }
});

test('without projen, so does the project type', async () => {
  const folder = folders.make();
  await npmInstall(registry, folder, ['@paebbl/projen-viz-app'], ['--legacy-peer-deps']);
  const said = await words(run('node', ['-e', `require('@paebbl/projen-viz-app')`], { cwd: folder }));
  expect(said).toMatch(
    /Error: 'projen' must be 0\.\d+\.\d+ or a later 0\.x, got: none: run "npm install --save-dev projen"\n/,
  );
});

test('npm refuses to install a construct beside an aws-cdk-lib that is too old', async () => {
  const folder = folders.make();
  const said = await words(npmInstall(registry, folder, [`aws-cdk-lib@${OLD}`, ...constructs]));
  expect(said).toContain('ERESOLVE');
  expect(said).toContain(`peer aws-cdk-lib@"^${floor}" from @paebbl/`);
});

test('where npm is told to install it all the same, the first import says so in one sentence', async () => {
  const folder = folders.make();
  await npmInstall(registry, folder, [`aws-cdk-lib@${OLD}`, 'constructs@10', ...constructs], ['--legacy-peer-deps']);
  for (const name of constructs) {
    const said = await words(run('node', ['-e', `require('${name}')`], { cwd: folder }));
    expect(said).toContain(`Error: 'aws-cdk-lib' must be ${floor} or a later 2.x, got: ${OLD}: run "npm install `);
  }
});

test('npm warns of a Node that is too old, for every package', async () => {
  const old = await installNode18();
  for (const { name } of publicPackages()) {
    const folder = folders.make();
    await npmInstall(registry, folder, []);
    const { stderr } = await run(
      old.node,
      [old.npm, 'install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--omit=peer', name],
      { cwd: folder },
    );
    expect([name, stderr]).toEqual([
      name,
      expect.stringMatching(`EBADENGINE[^]*package: '${name}@[^]*node: '>= 20.19.0'`),
    ]);
  }
});

test('on a Node that is too old the first import of a construct says so in one sentence', async () => {
  const folder = folders.make();
  const old = await installNode18();
  await npmInstall(registry, folder, constructs, ['--legacy-peer-deps']);
  for (const name of constructs) {
    const said = await words(run(old.node, ['-e', `require('${name}')`], { cwd: folder }));
    expect(said).toMatch(/Error: 'node' must be 20\.19\.0 or later, got: 18\.\d+\.\d+: install a newer Node\n/);
  }
});

/** A real Node 18 and an npm that it can run, which npm's registry has as packages. */
async function installNode18(): Promise<{ node: string; npm: string }> {
  const modules = join(folders.make(), 'node_modules');
  const platform = `node-${process.platform}-${process.arch}`;
  await npmInstall(registry, join(modules, '..'), [`${platform}@18`, 'npm@10']);
  return { node: join(modules, platform, 'bin', 'node'), npm: join(modules, 'npm', 'bin', 'npm-cli.js') };
}
