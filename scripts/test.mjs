// @ts-check
/**
 * `npm test`: every test of the repository, TypeScript, Python and browser, and what checks the code without running it.
 *
 * nx runs them and remembers the results: what has not changed is not run again.
 */
import { requireMachine } from './prerequisites.mjs';
import { runMain, step } from './say.mjs';

await runMain(async () => {
  requireMachine();
  const { spawnSync } = await import('node:child_process');
  const { join } = await import('node:path');
  const { installNodePackages, installPythonPackages, root } = await import('./install.mjs');

  installPythonPackages({ tests: true });
  installNodePackages();
  // Needs what was just installed.
  const { countTests, forgetResults } = await import('./count-tests.mjs');
  // What nx remembers it restores; what it cannot run must not be counted from an earlier run.
  forgetResults(root);
  step('Testing');
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  // Its plugins are its own: in processes of their own, they take longer to start than everything else.
  const env = { ...process.env, NX_ISOLATE_PLUGINS: 'false' };
  const whole = 'paebbl-viz-e2e';
  // The tests of the whole start it as people do, which puts every build in place anew: nobody else may be using one then.
  const statuses = [
    ['--exclude', whole],
    ['--projects', whole],
  ].map(
    (which) =>
      spawnSync(
        process.execPath,
        [
          nx,
          'run-many',
          '-t',
          'lint',
          'typecheck',
          'test',
          '--output-style=static',
          ...which,
          ...process.argv.slice(2),
        ],
        { cwd: root, env, stdio: 'inherit' },
      ).status,
  );
  const succeeded = statuses.every((status) => status === 0);
  const { passed, skipped, failures, missing } = countTests(root);
  for (const { workspace, name, reason } of failures) {
    console.log(`Failed in ${workspace}: ${name}\n  ${reason}`);
  }
  for (const reason of missing) {
    console.log(reason);
  }
  const wrong = failures.length + missing.length;
  // A linter or a compiler may be what failed.
  const failed = wrong === 0 && !succeeded ? 1 : wrong;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
});
