import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from './repository';

/** What each command runs, in which order, and what it says when a step fails. Python, cdk and viz-preview are played. */
let repository: Repository;
let PYTHON: string;

beforeEach(() => {
  repository = new Repository();
  PYTHON = repository.playPython();
});
afterEach(() => repository.remove());

const vizApp = (...args: string[]) => repository.vizApp(args, { PYTHON });
const PIP = 'python -m pip install --quiet --disable-pip-version-check';
const OPEN = 'viz-preview --app cdk.out --stack Viz --context ./app --venv ./app/.venv';

describe('viz-app', () => {
  test('--help teaches by example', () => {
    const { status, stdout } = vizApp('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('npm start -- --port 9000');
  });

  test('without a command shows its help, and ends with 2', () => {
    const { status, stdout } = vizApp();
    expect(status).toBe(2);
    expect(stdout).toContain('Usage: viz-app COMMAND');
  });

  test('names an unknown command, with those that there are', () => {
    const { status, stderr } = vizApp('deploy');
    expect(status).toBe(2);
    expect(stderr.trim()).toBe("'command' must be start, test, lock or python, got: deploy");
  });

  test.each([
    ['no package.json', undefined],
    ['a package.json of another project', {}],
    ['no app', { vizApp: { stack: 'Viz', email: 'a@example.com' } }],
    ['no stack', { vizApp: { app: 'app', email: 'a@example.com' } }],
    ['no email', { vizApp: { app: 'app', stack: 'Viz' } }],
  ])('says what a folder is not: %s', (_name, manifest) => {
    const folder = join(repository.folder, 'elsewhere');
    mkdirSync(folder);
    if (manifest) {
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    }
    const { status, stderr } = repository.vizApp(['start'], { PYTHON }, folder);
    expect(status).toBe(2);
    expect(stderr.trim()).toBe(
      `'vizApp' must be in ${join(folder, 'package.json')}: run "npx projen" in a repository of VizApp.`,
    );
  });

  test('tells a program that cannot be started', () => {
    repository.playNodePrograms();
    vizApp('start');
    repository.write('app/requirements.lock', 'other');
    chmodSync(join(repository.app, '.venv', 'bin', 'python'), 0o644);
    const { status, stderr } = vizApp('start');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^'.*\.venv\/bin\/python' could not be started \(.*EACCES\): check that it is installed\.$/m,
    );
  });
});

describe('start', () => {
  test('installs, synthesizes and opens the front door', () => {
    repository.playNodePrograms();
    const { status, stdout } = vizApp('start', '--port', '9000');
    expect(status).toBe(0);
    expect(repository.calls()).toEqual([
      'python -m venv ./app/.venv',
      `${PIP} --require-hashes -r ./app/requirements.lock`,
      'cdk synth --quiet',
      `${OPEN} --email a@example.com --port 9000`,
    ]);
    expect(stdout).toBe('> Installing Python packages (once)\n> Synthesizing\n> Opening the front door\n');
  });

  test.each([
    ['--email', 'b@example.com'],
    ['--email=b@example.com'],
    ['--users', 'people.json'],
    ['--users=people.json'],
  ])('signs in who is named: %s', (...flags) => {
    repository.playNodePrograms();
    vizApp('start', ...flags);
    expect(repository.calls().at(-1)).toBe(`${OPEN} ${flags.join(' ')}`);
  });

  test.each([['--emails'], ['x--email']])('leaves %s, which is no option for people, to the preview', (flag) => {
    repository.playNodePrograms();
    vizApp('start', flag);
    expect(repository.calls().at(-1)).toBe(`${OPEN} --email a@example.com ${flag}`);
  });

  test("--help is the preview's, without any installation", () => {
    repository.playNodePrograms();
    vizApp('start', '--help');
    expect(repository.calls()).toEqual([`${OPEN} --email a@example.com --help`]);
  });

  test("ends with the preview's exit code", () => {
    repository.playNodePrograms({ preview: 'process.exit(3)' });
    expect(vizApp('start').status).toBe(3);
  });

  test('ends with 1 when the preview was killed', () => {
    repository.playNodePrograms({ preview: "process.kill(process.pid, 'SIGKILL')" });
    expect(vizApp('start').status).toBe(1);
  });

  test('opens nothing when the synthesis fails', () => {
    repository.playNodePrograms({ cdk: 'process.exit(7)' });
    const { status, stderr } = vizApp('start');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^'.* .*aws-cdk\/bin\/cdk synth --quiet' failed: its own words are above\.$/m);
    expect(repository.calls().at(-1)).toBe('cdk synth --quiet');
  });

  test('ends with 1 when the synthesis was killed', () => {
    repository.playNodePrograms({ cdk: "process.kill(process.pid, 'SIGKILL')" });
    expect(vizApp('start').status).toBe(1);
  });

  // A supervisor tells this process alone; a terminal tells the preview, too, which the played one need not hear of.
  test.each([
    ['SIGTERM', "process.on('SIGTERM', () => process.exit(5))", 5],
    ['SIGINT', 'setTimeout(() => process.exit(6), 300)', 6],
  ] as const)('waits at %s for the preview to tidy up', async (signal, lines, expected) => {
    repository.playNodePrograms({
      preview: `${lines};\nsetTimeout(() => process.exit(9), 8000);\nconsole.log('Preview is open');`,
    });
    expect(await repository.vizAppUntil(signal, ['start'], { PYTHON })).toMatchObject({ status: expected });
  });
});

describe('test', () => {
  beforeEach(() => {
    repository.write('app/requirements-dev.lock', '');
    repository.write('infra/test/helper.ts', 'throw new Error("no test");');
  });
  const infraTest = (name: string, body: string) =>
    repository.write(`infra/test/${name}`, `import test from 'node:test';\ntest('it', () => { ${body} });\n`);

  test('runs all there is, in this order', () => {
    repository.playNodePrograms();
    infraTest('app.test.ts', 'console.log("ran" as string);');
    const { status, stdout } = vizApp('test');
    expect(repository.calls().slice(1)).toEqual([
      `${PIP} --require-hashes -r ./app/requirements-dev.lock`,
      'python -m pytest -q',
      'tsc',
    ]);
    expect(stdout).toMatch(
      /> Testing the app\n.*> Testing types\n.*> Testing the deployment\n.*\bran\n.*All tests passed\.\n$/s,
    );
    expect(stdout).not.toContain('No tests');
    expect(status).toBe(0);
  });

  test('goes on after what failed, and names all of it', () => {
    repository.playNodePrograms({ tsc: 'process.exit(2)' });
    PYTHON = repository.playPython('3.13.1', '[ "$2" != pytest ] || exit 1');
    infraTest('app.test.ts', 'throw new Error("wrong");');
    const { status, stdout } = vizApp('test');
    expect(stdout).toMatch(/^Failed: the app, types, the deployment\.$/m);
    expect(status).toBe(1);
  });

  test('of the deployment is left out when there is none, and said to be', () => {
    repository.playNodePrograms();
    // What Node.js would find by itself.
    repository.write('app/static/chart.test.js', 'throw new Error("not ours");');
    const { status, stdout } = vizApp('test');
    expect(stdout).toContain('No tests of the deployment: infra/test has no file that ends in .test.ts.\n');
    expect(stdout).not.toContain('Testing the deployment');
    expect(status).toBe(0);
  });
});

describe('lock', () => {
  const COMPILE = 'uv pip compile --quiet --universal --python-version 3.11 --generate-hashes';
  const both = (flags = '') => [
    `${COMPILE}${flags} pyproject.toml -o requirements.lock`,
    `${COMPILE} --extra dev -c requirements.lock${flags} pyproject.toml -o requirements-dev.lock`,
  ];
  const install = `${PIP} --require-hashes -r ./app/requirements-dev.lock`;

  test('of a new app gets uv first', () => {
    PYTHON = repository.playPython('3.13.1', `[ "$2" != compile ] || touch requirements-dev.lock`);
    expect(vizApp('lock').status).toBe(0);
    expect(repository.calls()).toEqual(['python -m venv ./app/.venv', `${PIP} uv`, ...both(), install]);
  });

  test('of an app that is locked takes the uv that it has, and hands options on', () => {
    repository.write('app/requirements-dev.lock', '');
    const uv = 'case "$*" in *requirements-dev.lock) cp "$0" "$(dirname "$0")/uv" ;; esac';
    PYTHON = repository.playPython('3.13.1', uv);
    const { status, stdout } = vizApp('lock', '--upgrade');
    expect(status).toBe(0);
    expect(repository.calls()).toEqual(['python -m venv ./app/.venv', install, ...both(' --upgrade')]);
    expect(stdout).toContain('> Locking Python packages\n');
  });

  test('again needs nothing but uv', () => {
    repository.write('app/requirements-dev.lock', '');
    PYTHON = repository.playPython('3.13.1', 'cp "$0" "$(dirname "$0")/uv"');
    vizApp('lock');
    const before = repository.calls().length;
    vizApp('lock');
    expect(repository.calls().slice(before)).toEqual(both());
  });

  test('ends with 1 when uv fails, and the packages stay', () => {
    PYTHON = repository.playPython('3.13.1', '[ "$1" != pip ] || exit 2');
    const { status, stderr } = vizApp('lock');
    expect(status).toBe(1);
    expect(stderr).toMatch(/uv pip compile .* failed: its own words are above\.$/m);
    expect(repository.calls().at(-1)).toBe(both()[0]);
  });
});

describe('python', () => {
  test('is started in the folder of the app, with the packages for tests', () => {
    repository.write('app/requirements-dev.lock', '');
    PYTHON = repository.playPython('3.13.1', '[ "$1" != -V ] || pwd');
    expect(vizApp('python', '-V').stdout).toContain(`${repository.app}\n`);
    expect(repository.calls().slice(1)).toEqual([
      `${PIP} --require-hashes -r ./app/requirements-dev.lock`,
      'python -V',
    ]);
  });
});

describe('the virtual environment', () => {
  const installed = () => repository.calls().filter((call) => call.startsWith(PIP)).length;

  beforeEach(() => repository.playNodePrograms());

  test('is installed once, and again when the lock file says something else', () => {
    vizApp('start');
    expect(vizApp('start').stdout).not.toContain('Installing');
    expect(installed()).toBe(1);

    repository.write('app/requirements.lock', 'six==1.17.0');
    vizApp('start');
    expect(installed()).toBe(2);
  });

  test('of the tests serves to start the app', () => {
    repository.write('app/requirements-dev.lock', 'pytest==9.0.2');
    vizApp('test');
    vizApp('start');
    expect(repository.calls().filter((call) => call.startsWith(PIP))).toEqual([
      `${PIP} --require-hashes -r ./app/requirements-dev.lock`,
    ]);
  });

  test('that a failed installation left is installed again', () => {
    const broken = repository.playPython('3.13.1', '[ "$2" != pip ] || exit 1', 'broken/python');
    expect(repository.vizApp(['start'], { PYTHON: broken }).status).toBe(1);
    expect(repository.has('app/.venv/.installed')).toBe(false);
    expect(repository.calls()).not.toContain('cdk synth --quiet');
  });

  test('without a Python in it is made anew', () => {
    repository.write('app/.venv/left-over', '');
    vizApp('start');
    expect(repository.has('app/.venv/left-over')).toBe(false);
    expect(repository.has('app/.venv/bin/python')).toBe(true);
  });

  test('that has its Python is kept', () => {
    vizApp('start');
    repository.write('app/.venv/kept', '');
    repository.write('app/requirements.lock', 'six==1.17.0');
    vizApp('start');
    expect(repository.has('app/.venv/kept')).toBe(true);
  });

  test.each([
    [
      'ensurepip is not available, as Debian says',
      "echo 'ensurepip is not available'",
      "install Debian's and Ubuntu's package python3-venv",
    ],
    ['ensurepip, on the other stream', 'echo ensurepip >&2', "install Debian's and Ubuntu's package python3-venv"],
    ['anything else', "echo 'No space left on device' >&2", 'No space left on device'],
  ])('that cannot be made is told: %s', (_name, says, hint) => {
    PYTHON = repository.playPython('3.13.1', `mkdir -p app/.venv; ${says}; exit 1`);
    const { status, stderr } = vizApp('start');
    expect(status).toBe(2);
    expect(stderr.trim()).toBe(`${PYTHON} could not make a virtual environment: ${hint}.`);
    expect(repository.has('app/.venv')).toBe(false);
  });

  test('needs a lock file, and says how to write it', () => {
    const other = new Repository('other.lock');
    const { status, stderr } = other.vizApp(['start'], { PYTHON });
    expect(status).toBe(2);
    expect(stderr.trim()).toBe(`'requirements.lock' must exist in ${other.app}: write it with "npm run lock".`);
    expect(other.vizApp(['python'], { PYTHON }).stderr).toContain("'requirements-dev.lock' must exist in");
    other.remove();
  });
});
