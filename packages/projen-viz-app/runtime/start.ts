import { spawn } from 'node:child_process';
import { step } from './problem';
import { nodeModule, run } from './run';
import type { Settings } from './settings';
import { DEV_LOCK, installPythonPackages, LOCK, venvOf } from './virtual-environment';

/**
 * Opens the front door of the synthesized template on this machine.
 *
 * @param flags of `viz-preview`, after ours and therefore before them
 * @returns the exit code of `viz-preview`
 */
export async function start(settings: Settings, flags: readonly string[]): Promise<number> {
  const { root, app, stack, email } = settings;
  // Help and mistakes need no installation.
  if (!flags.includes('--help')) {
    installPythonPackages(app, [LOCK, DEV_LOCK]);
    step('Synthesizing');
    run(process.execPath, [nodeModule(root, 'aws-cdk', 'bin', 'cdk'), 'synth', '--quiet'], root);
    step('Opening the front door');
  }
  const preview = spawn(
    process.execPath,
    [
      nodeModule(root, '@paebbl', 'preview', 'assets', 'bin', 'viz-preview.js'),
      ...['--app', 'cdk.out', '--stack', stack, '--context', app, '--venv', venvOf(app)],
      ...(flags.some((flag) => /^--(users|email)(=|$)/.test(flag)) ? [] : ['--email', email]),
      ...flags,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  // A terminal sends Ctrl-C to all of us; a supervisor sends SIGTERM to this process alone. It is the front door that
  // tidies up, and this process that waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => preview.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    preview.on('error', reject);
    preview.on('close', (code) => resolve(code ?? 1));
  });
}
