import { join } from 'node:path';
import { parseArguments } from '../../src/cli/parse-arguments';
import { PreviewError } from '../../src/errors';
import { APP, ASSEMBLY } from '../helpers/fixture';

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

test('variables and files can be given as often as needed', () => {
  const file = join(APP, 'server.mjs');
  const parsed = parseArguments([...REQUIRED, '--env', 'A=1', '--env', 'B=x=y', '--file', `DATA=${file}`]);
  expect(parsed).toMatchObject({
    env: new Map([
      ['A', '1'],
      ['B', 'x=y'],
    ]),
    files: new Map([['DATA', file]]),
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
  [[...REQUIRED, '--port', 'x'], "'--port' must be"],
  [[...REQUIRED, '--engine', 'podman'], "'--engine' must be auto, docker or process, got: podman"],
  [[...REQUIRED, '--email', 'nobody'], "'--email' must be an e-mail address"],
  [[...REQUIRED, '--file', 'X=/not/there'], "'--file' must name a file that is there"],
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
