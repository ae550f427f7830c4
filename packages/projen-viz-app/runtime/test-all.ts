import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './problem';
import { nodeModule, statusOf } from './run';
import type { Settings } from './settings';
import { DEV_LOCK, installPythonPackages, programOf } from './virtual-environment';

/**
 * Runs the tests of the app and of its deployment, all of them also when one fails.
 *
 * @returns 0 when all passed, else 1
 */
export function testAll({ root, app }: Settings): number {
  installPythonPackages(app, [DEV_LOCK]);
  const parts: [string, () => number][] = [
    ['the app', () => statusOf(programOf(app, 'python'), ['-m', 'pytest', '-q'], app)],
    ['types', () => statusOf(process.execPath, [nodeModule(root, 'typescript', 'bin', 'tsc')], root)],
  ];
  const files = testFiles(root);
  if (files.length > 0) {
    parts.push(['the deployment', () => statusOf(process.execPath, ['--import', 'tsx', '--test', ...files], root)]);
  }
  const failed = parts.flatMap(([name, test]) => {
    step(`Testing ${name}`);
    return test() === 0 ? [] : [name];
  });
  if (files.length === 0) {
    console.log('No tests of the deployment: infra/test has no file that ends in .test.ts.');
  }
  console.log(failed.length > 0 ? `Failed: ${failed.join(', ')}.` : 'All tests passed.');
  return failed.length > 0 ? 1 : 0;
}

/**
 * Named one by one: not every Node.js that is supported knows patterns, and without a name it would run every JavaScript test that
 * it finds.
 */
function testFiles(root: string): string[] {
  const folder = join(root, 'infra', 'test');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => join(folder, file))
    : [];
}
