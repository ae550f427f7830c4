import { join } from 'node:path';
import { parseArguments } from '../../src/cli/parse-arguments';
import { PreviewError } from '../../src/errors';
import { APP, ASSEMBLY } from '../helpers/assembly';

const FILE = join(APP, 'server.mjs');
const REQUIRED = ['--app', ASSEMBLY, '--stack', 'FixtureViz', '--context', APP];

function refusal(...args: string[]): string {
  try {
    parseArguments(args);
  } catch (error) {
    expect(error).toBeInstanceOf(PreviewError);
    expect((error as PreviewError).code).toBe('usage');
    return (error as Error).message;
  }
  return '';
}

test('what is required is enough', () => {
  expect(parseArguments(REQUIRED)).toMatchObject({
    port: 8080,
    engine: 'auto',
    people: [{ email: 'colleague@example.com', groups: [], attributes: {} }],
    https: 'off',
    json: false,
  });
});

test('help is help, whatever else is missing', () => {
  expect(parseArguments(['--help'])).toBe('help');
});

test('everything that can be said is taken as it was said', () => {
  const said = ['--port', '65535', '--engine', 'process', '--venv', '.venv', '--email', 'a@b.c', '--https', '--json'];
  expect(parseArguments([...REQUIRED, ...said])).toEqual({
    app: ASSEMBLY,
    stack: 'FixtureViz',
    context: APP,
    port: 65_535,
    engine: 'process',
    env: new Map(),
    files: new Map(),
    venv: '.venv',
    people: [{ email: 'a@b.c', groups: [], attributes: {} }],
    https: 'made',
    json: true,
  });
  expect(parseArguments([...REQUIRED, '--port', '0', '--engine', 'docker'])).toMatchObject({
    port: 0,
    engine: 'docker',
  });
});

test('a certificate of one’s own comes before one that is made', () => {
  expect(parseArguments([...REQUIRED, '--https', '--cert', FILE, '--key', FILE])).toMatchObject({
    https: { certFile: FILE, keyFile: FILE },
  });
});

test('variables and files can be given as often as needed', () => {
  const values = ['--env', 'A=1', '--env', 'B=x=y\nz', '--env', '_c2=', '--file', `DATA=${FILE}`];
  expect(parseArguments([...REQUIRED, ...values])).toMatchObject({
    env: new Map([
      ['A', '1'],
      ['B', 'x=y\nz'],
      ['_c2', ''],
    ]),
    files: new Map([['DATA', FILE]]),
  });
});

test.each([
  [['--stack', 'x', '--context', APP], '--app is missing'],
  [['--app', ASSEMBLY, '--context', APP], '--stack is missing'],
  [
    ['--app', '/not/there', '--stack', 'x', '--context', APP],
    "'--app' must be a folder that is there, got: /not/there",
  ],
  [[...REQUIRED, '--port', '99999'], "'--port' must be a number from 0 to 65535, got: 99999"],
  [[...REQUIRED, '--port', 'x'], "'--port' must be a number from 0 to 65535, got: x"],
  [[...REQUIRED, '--port', '1.5'], "'--port' must be a number from 0 to 65535, got: 1.5"],
  [[...REQUIRED, '--port=-1'], "'--port' must be a number from 0 to 65535, got: -1"],
  [[...REQUIRED, '--port', '65536'], "'--port' must be a number from 0 to 65535, got: 65536"],
  [['--app', join(APP, 'server.mjs'), '--stack', 'x', '--context', APP], "'--app' must be a folder that is there"],
  [['--app', ASSEMBLY, '--stack', 'x', '--context', '/not/there'], "'--context' must be a folder that is there"],
  [['--app', ASSEMBLY, '--stack', '', '--context', APP], '--stack is missing. viz-preview --help shows an example.'],
  [[...REQUIRED, '--engine', 'podman'], "'--engine' must be auto, docker or process, got: podman"],
  [[...REQUIRED, '--email', 'nobody'], "'--email' must be an e-mail address, got: nobody"],
  [[...REQUIRED, '--email', 'a@b.c', '--users', 'x'], "'--email' must not stand beside --users, got: a@b.c"],
  [[...REQUIRED, '--users', '/not/there'], '/not/there of --users must be a file that can be read'],
  [[...REQUIRED, '--file', 'X=/not/there'], "'--file' must name a file that is there, got: X=/not/there"],
  [[...REQUIRED, '--file', `X=${APP}`], "'--file' must name a file that is there, got: X="],
  [[...REQUIRED, '--file', 'a b=c'], "'--file' must have the form NAME=VALUE, got: a b=c"],
  [[...REQUIRED, '--env', '1A=b'], "'--env' must have the form NAME=VALUE, got: (not shown)"],
  [[...REQUIRED, '--cert', FILE], "'--key' must name a file that is there, got: undefined"],
  [[...REQUIRED, '--key', FILE], "'--cert' must name a file that is there, got: undefined"],
  [[...REQUIRED, '--cert', FILE, '--key', '/not/there'], "'--key' must name a file that is there, got: /not/there"],
  [[...REQUIRED, '--port'], "Option '--port <value>' argument missing. viz-preview --help shows what there is."],
  [[...REQUIRED, '--surprise'], 'viz-preview --help shows what there is'],
  [[...REQUIRED, 'surprise'], 'viz-preview --help shows what there is'],
])('%j is refused in words', (args, sentence) => {
  expect(refusal(...args)).toContain(sentence);
});

test('a value without a name may be a secret and is not repeated', () => {
  const message = refusal(...REQUIRED, '--env', 'hunter2');
  expect(message).toContain("'--env' must have the form NAME=VALUE");
  expect(message).not.toContain('hunter2');
});
