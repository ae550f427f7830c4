import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../registry';
import { run } from '../run';
import { constructPackages, root } from '../workspace';
import type { Language } from './language';

/**
 * Installs packages as `npm install` does it in a new folder.
 *
 * @param env @default - the environment of this process
 */
export async function npmInstall(
  registry: Registry,
  folder: string,
  packages: string[],
  options: string[] = [],
  env?: NodeJS.ProcessEnv,
) {
  writeFileSync(join(folder, '.npmrc'), registry.npmrc);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  return run('npm', ['install', '--no-audit', '--no-fund', ...options, ...packages], { cwd: folder, env });
}

/** Version of an installed package. */
export function installedVersion(folder: string, name: string): string {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

export const javascript: Language = {
  name: 'JavaScript',
  toolchain: [['node', '--version']],
  async synth({ registry, cdkVersions }, folder, env) {
    await npmInstall(registry, folder, [`aws-cdk-lib@${cdkVersions[0]}`, 'constructs', ...names()], [], env);
    cpSync(join(root, 'consumers/javascript'), folder, { recursive: true });
    await run('node', ['app.js'], { cwd: folder, env });
    return { assembly: join(folder, 'cdk.out'), cdkVersion: installedVersion(folder, 'aws-cdk-lib') };
  },
};

export const typescript: Language = {
  name: 'TypeScript',
  toolchain: [['node', '--version']],
  async synth({ registry, cdkVersions }, folder, env) {
    const tools = ['typescript@~6.0.3', '@types/node@^20'];
    await npmInstall(registry, folder, [`aws-cdk-lib@${cdkVersions[0]}`, 'constructs', ...names(), ...tools], [], env);
    cpSync(join(root, 'consumers/typescript'), folder, { recursive: true });
    await run('npx', ['tsc', '-p', '.'], { cwd: folder, env });
    await run('node', ['app.js'], { cwd: folder, env });
    return { assembly: join(folder, 'cdk.out'), cdkVersion: installedVersion(folder, 'aws-cdk-lib') };
  },
};

function names(): string[] {
  return constructPackages().map(({ name }) => name);
}
