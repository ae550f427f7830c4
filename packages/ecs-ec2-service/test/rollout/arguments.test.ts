import { readArguments } from '../../runtime/rollout/arguments';
import { helpText } from '../../runtime/rollout/help';
import { RolloutError } from '../../runtime/rollout/rollout-error';

const target = { cluster: 'c', service: 's' };
const TARGET = ['--cluster', 'c', '--service', 's'];
const DEPLOY = ['deploy', ...TARGET, '--image', 'r/app:1'];
const changing = { ...target, container: undefined, releaseParameter: undefined, timeoutMs: undefined };

test.each<[string[], object]>([
  [[], { name: 'help' }],
  [['--help'], { name: 'help' }],
  [['help'], { name: 'help' }],
  [['deploy', '--help'], { name: 'help' }],
  [['status', ...TARGET], { name: 'status', options: target, json: false }],
  [['status', ...TARGET, '--json'], { name: 'status', options: target, json: true }],
  [['watch', ...TARGET], { name: 'watch', options: { ...target, timeoutMs: undefined }, json: false }],
  [
    ['rollback', ...TARGET, '--to', '7', '--container', 'app', '--release-parameter', '/a/b.c-d_e'],
    {
      name: 'rollback',
      options: { ...changing, container: 'app', releaseParameter: '/a/b.c-d_e', to: '7' },
      json: false,
    },
  ],
  [
    DEPLOY,
    {
      name: 'deploy',
      options: { ...changing, image: 'r/app:1', minDesiredCount: undefined, force: false },
      json: false,
    },
  ],
  [
    [...DEPLOY, '--min-desired-count', '9999', '--json', '--timeout=2h', '--force'],
    {
      name: 'deploy',
      options: { ...changing, timeoutMs: 7_200_000, image: 'r/app:1', minDesiredCount: 9999, force: true },
      json: true,
    },
  ],
])('%j is understood', (argv, command) => {
  expect(readArguments(argv)).toEqual(command);
});

test.each([
  ['1s', 1_000],
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['999999s', 999_999_000],
])('a time of %s is %i ms', (time, timeoutMs) => {
  expect(readArguments(['watch', ...TARGET, '--timeout', time])).toMatchObject({ options: { timeoutMs } });
});

test.each<[string, string[], string]>([
  ['a time without a number', ['watch', ...TARGET, '--timeout', 'm'], "'--timeout' must be a whole number of seconds"],
  ['a time with more', ['watch', ...TARGET, '--timeout', '30m '], "'--timeout' must be"],
  ['a time after more', ['watch', ...TARGET, '--timeout', 'x30m'], "'--timeout' must be"],
  ['a time in days', ['watch', ...TARGET, '--timeout', '1d'], "'--timeout' must be"],
  ['a part of a minute', ['watch', ...TARGET, '--timeout', '1.5m'], "'--timeout' must be"],
  ['too long a time', ['watch', ...TARGET, '--timeout', '1000000s'], "'--timeout' must be"],
  ['no time', ['watch', ...TARGET, '--timeout', '0h'], "'--timeout' must be"],
  [
    'a count with more',
    [...DEPLOY, '--min-desired-count', '1x'],
    "'--min-desired-count' must be a whole number from 1",
  ],
  ['a count after more', [...DEPLOY, '--min-desired-count', 'x1'], "'--min-desired-count' must be"],
  ['too large a count', [...DEPLOY, '--min-desired-count', '10000'], "'--min-desired-count' must be"],
  ['a parameter with more', [...DEPLOY, '--release-parameter', '/a b'], "'--release-parameter' must be the name of an"],
  ['a parameter after more', [...DEPLOY, '--release-parameter', ' /a'], "'--release-parameter' must be"],
  ['no parameter', [...DEPLOY, '--release-parameter', ''], "'--release-parameter' must be"],
  ['too long a parameter', [...DEPLOY, '--release-parameter', 'x'.repeat(1_012)], "'--release-parameter' must be"],
  ['a command and more', ['status', 'now', ...TARGET], 'got: status now'],
  ['no command', TARGET, "'command' must be one of deploy, status, rollback, watch, got: none"],
  [
    'an image for status',
    ['status', ...TARGET, '--image', 'r/app:1'],
    "'--image' must be left out of status, got: r/app:1",
  ],
  ['a time for status', ['status', ...TARGET, '--timeout', '1s'], "'--timeout' must be left out of status, got: 1s"],
  ['force for a rollback', ['rollback', ...TARGET, '--force'], "'--force' must be left out of rollback, got: true"],
  ['a container for watch', ['watch', ...TARGET, '--container', 'a'], "'--container' must be left out of watch"],
  [
    'a count for rollback',
    ['rollback', ...TARGET, '--min-desired-count', '1'],
    "'--min-desired-count' must be left out",
  ],
  ['half an image', ['deploy', ...TARGET, '--image', 'r/app'], "'--image' must be a repository with a tag"],
  ['a negative number as a value', ['deploy', '--cluster', '-1'], "Option '--cluster' argument is ambiguous."],
])('%s is refused as a wrong use', (_name, argv, message) => {
  let thrown: unknown;
  try {
    readArguments(argv);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RolloutError);
  expect(thrown).toMatchObject({ code: 'usage', name: 'RolloutError', message: expect.stringContaining(message) });
  expect((thrown as Error).message).not.toContain('To specify');
});

test('the longest parameter and the smallest count are taken', () => {
  const argv = [...DEPLOY, '--release-parameter', 'x'.repeat(1_011), '--min-desired-count', '1'];
  expect(readArguments(argv)).toMatchObject({ options: { releaseParameter: 'x'.repeat(1_011), minDesiredCount: 1 } });
});

test('the help stands in two columns, and says which commands take a flag that not all take', () => {
  const lines = helpText().split('\n');
  expect(lines).toContain('  --cluster NAME             cluster of the service');
  expect(lines).toContain('  --image IMAGE              repository:tag or repository@sha256:... [deploy]');
  expect(lines).toContain('  --help                     this text');
  expect(lines).toContain(
    '  --release-parameter NAME   SSM parameter that gets the image, by its digest, once it is live',
  );
  expect(lines).toContain('                             (default: none) [deploy, rollback]');
  expect(lines).toContain('     0  succeeded      the image is live (or was already)');
  expect(lines).toContain('                       was changed');
});
