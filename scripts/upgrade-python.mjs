// @ts-check
/**
 * `node scripts/upgrade-python.mjs`: makes every lock file of Python packages anew, with the newest versions that fit.
 *
 * The command stands at the top of each lock file, where uv wrote it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, runMain, step } from './say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** In the order in which they are made: the second is held to the first. */
const locks = [
  { file: 'apps/paebbl-viz/container/requirements.lock', from: '.' },
  { file: 'apps/paebbl-viz/container/requirements-test.lock', from: '.' },
  { file: 'packages/projen-viz-app/test/linters.lock', from: '..' },
  { file: 'linters/cfn-lint.lock', from: '.' },
];

await runMain(async () => {
  for (const { file, from } of locks) {
    const [, command] = /^#\s+(uv pip compile .*)$/m.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    if (!command) {
      throw new Problem(`${file} must say at its top how it was made, got: no "uv pip compile".`);
    }
    step(file);
    const [program, ...args] = command.split(' ');
    // Quiet, or uv writes the whole lock file to the screen.
    execFileSync(program, [...args, '--upgrade', '--quiet', '--custom-compile-command', command], {
      cwd: join(root, dirname(file), from),
      stdio: 'inherit',
    });
  }
});
