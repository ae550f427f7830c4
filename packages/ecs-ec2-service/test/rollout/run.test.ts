import { exitCodes } from '../../runtime/rollout/outcome';
import { RolloutError } from '../../runtime/rollout/rollout-error';
import { VirtualClock } from './control-plane/clock';
import { DEPLOY, eventsOf, runIn, TARGET } from './harness';

/** Runs one command line where no client can be made. */
const runWith = (error: unknown, argv: string[], signal = new AbortController().signal) =>
  runIn(argv, {
    env: {},
    makeClients: () => {
      throw error;
    },
    clock: new VirtualClock(),
    signal,
  });
const nothing = { out: '', summary: '', output: '' };

test('what nobody expected is told with its name, and with what to do next', async () => {
  expect(await runWith(new TypeError('no such thing'), DEPLOY)).toEqual({
    code: exitCodes.unexpected,
    ...nothing,
    err: "AWS answered something unexpected (TypeError: no such thing). 'ecs-rollout status' tells what runs now; should it come again, report it with this line.\n",
  });
  const { out } = await runWith(new TypeError('no such thing'), [...DEPLOY, '--json']);
  expect(eventsOf(out)).toEqual([expect.objectContaining({ type: 'error', code: 'unexpected' })]);
});

test('whoever used it wrongly is led to the help, and nobody else', async () => {
  expect(await runWith(undefined, ['status'])).toEqual({
    code: exitCodes.usage,
    ...nothing,
    err: "'--cluster' must be given, got: none (ecs-rollout --help)\n",
  });
  expect(await runWith(new RolloutError('unreachable', 'AWS does not answer.'), ['status', ...TARGET])).toEqual({
    code: exitCodes.unreachable,
    ...nothing,
    err: 'AWS does not answer.\n',
  });
});

test('whoever ends it is told how to go on, whatever else went wrong', async () => {
  const { code, out } = await runWith(new TypeError('aborted'), [...DEPLOY, '--json'], AbortSignal.abort());
  expect(code).toBe(exitCodes.interrupted);
  expect(eventsOf(out)).toEqual([
    expect.objectContaining({
      type: 'error',
      code: 'interrupted',
      message: expect.stringContaining('ecs-rollout watch'),
    }),
  ]);
});
