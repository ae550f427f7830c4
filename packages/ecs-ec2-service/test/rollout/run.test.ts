import { exitCodes } from '../../runtime/rollout/outcome';
import { RolloutError } from '../../runtime/rollout/rollout-error';
import { run, type World } from '../../runtime/rollout/run';
import { VirtualClock } from './control-plane/clock';
import { DEPLOY, eventsOf, TARGET } from './harness';

/** Runs one command line where no client can be made. */
async function runWith(error: unknown, argv: string[], more: Partial<World> = {}) {
  const text = { out: '', err: '' };
  const code = await run(argv, {
    env: {},
    out: (written) => {
      text.out += written;
    },
    err: (written) => {
      text.err += written;
    },
    summarize: () => undefined,
    output: () => undefined,
    makeClients: () => {
      throw error;
    },
    clock: new VirtualClock(),
    signal: new AbortController().signal,
    ...more,
  });
  return { code, ...text };
}

test('what nobody expected is told with its name, and with what to do next', async () => {
  expect(await runWith(new TypeError('no such thing'), DEPLOY)).toEqual({
    code: exitCodes.unexpected,
    out: '',
    err: "AWS answered something unexpected (TypeError: no such thing). 'ecs-rollout status' tells what runs now; should it come again, report it with this line.\n",
  });
  const { out } = await runWith(new TypeError('no such thing'), [...DEPLOY, '--json']);
  expect(eventsOf(out)).toEqual([expect.objectContaining({ type: 'error', code: 'unexpected' })]);
});

test('whoever used it wrongly is led to the help, and nobody else', async () => {
  expect(await runWith(undefined, ['status'])).toEqual({
    code: exitCodes.usage,
    out: '',
    err: "'--cluster' must be given, got: none (ecs-rollout --help)\n",
  });
  expect(await runWith(new RolloutError('unreachable', 'AWS does not answer.'), ['status', ...TARGET])).toEqual({
    code: exitCodes.unreachable,
    out: '',
    err: 'AWS does not answer.\n',
  });
});

test('whoever ends it is told how to go on, whatever else went wrong', async () => {
  const { code, out } = await runWith(new TypeError('aborted'), [...DEPLOY, '--json'], { signal: AbortSignal.abort() });
  expect(code).toBe(exitCodes.interrupted);
  expect(eventsOf(out)).toEqual([
    expect.objectContaining({
      type: 'error',
      code: 'interrupted',
      message: expect.stringContaining('ecs-rollout watch'),
    }),
  ]);
});
