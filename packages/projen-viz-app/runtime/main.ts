import { lock } from './lock';
import { Problem } from './problem';
import { statusOf } from './run';
import { readSettings } from './settings';
import { start } from './start';
import { testAll } from './test-all';
import { DEV_LOCK, installPythonPackages, programOf } from './virtual-environment';

const HELP = `Usage: viz-app COMMAND [options], in a repository of VizApp

Commands
  start    the app behind its sign-in page on this machine; options are those of viz-preview
  test     every test: of the app, of its deployment, and types
  lock     writes the lock files of the Python packages from pyproject.toml; --upgrade takes newer versions
  python   the app's own Python

Examples
  npm start -- --port 9000
  npm run lock -- --upgrade
  npm run python -- -m pytest -k chart

Exit codes: 0 all is well, 1 something failed, 2 something is missing or mistyped; those of viz-preview for start.
`;

async function main([command, ...args]: string[]): Promise<number> {
  if (command === undefined || command === '--help') {
    console.log(HELP);
    return command ? 0 : 2;
  }
  const settings = readSettings(process.cwd());
  switch (command) {
    case 'start':
      return start(settings, args);
    case 'test':
      return testAll(settings);
    case 'lock':
      lock(settings, args);
      return 0;
    case 'python':
      installPythonPackages(settings.app, [DEV_LOCK]);
      return statusOf(programOf(settings.app, 'python'), args, settings.app);
    default:
      throw new Problem(`'command' must be start, test, lock or python, got: ${command}`);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = error instanceof Problem ? error.exitCode : 1;
  },
);
