import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Folders } from '../src/folder';
import { npmInstall } from '../src/languages/node';
import { run } from '../src/run';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { publicPackages } from '../src/workspace';

const folders = new Folders();
const registry = sharedRegistry();

afterAll(() => folders.removeAll());

const commands = publicPackages()
  // Its peer is projen, which a new team runs it with.
  .filter(({ name }) => name !== '@paebbl/projen-viz-app')
  .flatMap(({ name, manifest }) => Object.keys(manifest.bin ?? {}).map((command) => ({ name, command })));

test('the commands are those that the pipelines and laptops use', () => {
  expect(commands.map(({ command }) => command).sort()).toEqual(['ecs-rollout', 'slack-notify', 'viz-preview']);
});

test.each(commands)(
  '$command is installed without aws-cdk-lib or any other package, and runs',
  async ({ name, command }) => {
    const folder = folders.make();
    await npmInstall(registry, folder, [name]);
    expect(existsSync(join(folder, 'node_modules', 'aws-cdk-lib'))).toBe(false);
    const { stdout: installed } = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder });
    expect(installed.trim().split('\n').slice(1)).toEqual([join(folder, 'node_modules', ...name.split('/'))]);
    const { stdout } = await run(join(folder, 'node_modules', '.bin', command), ['--help'], { cwd: folder });
    expect(stdout).toContain(command);
  },
);
