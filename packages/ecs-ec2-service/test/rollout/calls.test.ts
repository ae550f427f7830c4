import { Aws } from '../../runtime/rollout/aws/calls';
import type { Clients } from '../../runtime/rollout/aws/clients';
import type { RolloutEvent } from '../../runtime/rollout/report/events';
import { VirtualClock } from './control-plane/clock';

const START = Date.UTC(2026, 0, 1);

/** Calls AWS with these errors before the answer; afterwards what was seen of it. */
async function call(errors: (name: string, attempt: number) => Error | undefined, random = 1) {
  const clock = new VirtualClock(START, 1_000);
  const events: RolloutEvent[] = [];
  const seen = { attempts: 0, clients: 0, waits: [] as number[] };
  const signal = new AbortController();
  let last = START;
  clock.onSleep = () => {
    seen.waits.push(clock.now() - last);
    last = clock.now();
  };
  const aws = new Aws(
    () => {
      seen.clients++;
      return { ecs: seen.clients } as unknown as Clients;
    },
    clock,
    (event) => events.push(event),
    signal.signal,
  );
  jest.spyOn(Math, 'random').mockReturnValue(random);
  const send = (what: string) =>
    aws.call(what, async (clients, { abortSignal }) => {
      seen.attempts++;
      expect(abortSignal.aborted).toBe(false);
      // Whoever tries for ever without waiting would never let this test fail.
      const error = seen.attempts > 200 ? named('EndlessLoop') : errors(what, seen.attempts);
      if (error) {
        throw error;
      }
      return clients.ecs as unknown as number;
    });
  return { send, seen, events, signal, clock };
}

afterEach(() => jest.restoreAllMocks());

const named = (name: string, message = 'words') => Object.assign(new Error(message), { name });
const times = (count: number, name: string) => (_what: string, attempt: number) =>
  attempt <= count ? named(name) : undefined;
const refusal = async (promise: Promise<unknown>) => {
  const { code, message, cause } = await promise.then(
    () => ({}) as Record<string, unknown>,
    (error) => error,
  );
  return { code, message, hasCause: cause instanceof Error };
};

test('what passes is waited out, longer each time and never longer than eight seconds', async () => {
  const { send, seen, events } = await call(times(7, 'ThrottlingException'));
  expect(await send('ecs:ListTasks')).toBe(1);
  expect(seen.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  expect(events).toHaveLength(7);
  expect(events[0]).toEqual({ type: 'retrying', what: 'ecs:ListTasks', because: 'ThrottlingException' });
});

test('many tools that wait do not all come back at once: up to half of a wait is left out', async () => {
  const { send, seen } = await call(times(2, 'ThrottlingException'), 0);
  await send('ecs:ListTasks');
  expect(seen.waits).toEqual([250, 500]);
});

test('what does not pass is given up after five minutes', async () => {
  const { send, clock } = await call(() => named('ServerException', 'broken'));
  expect(await refusal(send('ecs:ListTasks'))).toEqual({
    code: 'unreachable',
    message:
      "AWS does not answer ecs:ListTasks (ServerException: broken). Check the network and the clock of this machine; 'ecs-rollout status' tells what became of a rollout.",
    hasCause: true,
  });
  expect((clock.now() - START) / 60_000).toBeGreaterThanOrEqual(5);
  expect((clock.now() - START) / 60_000).toBeLessThan(5.2);
});

test('the patience of one call is not that of the next', async () => {
  let hiccups = 1;
  const { send } = await call((what) => (what === 'first' || hiccups-- > 0 ? named('ServerException') : undefined));
  await expect(send('first')).rejects.toMatchObject({ code: 'unreachable' });
  expect(await send('second')).toBe(1);
});

test('a refusal is told by the name of the permission, and not tried again', async () => {
  const { send, seen } = await call(() => named('AccessDeniedException', 'not authorized'));
  expect(await refusal(send('ecs:UpdateService'))).toEqual({
    code: 'no-permission',
    message: 'AWS refused ecs:UpdateService: allow it to the role that runs this. (not authorized)',
    hasCause: true,
  });
  expect(seen).toMatchObject({ attempts: 1, waits: [] });
});

test('any other error stays what it is, and is not tried again', async () => {
  const error = named('ClientException');
  const { send, seen } = await call(() => error);
  await expect(send('ecs:UpdateService')).rejects.toBe(error);
  expect(seen.attempts).toBe(1);
});

test('a wrong clock gets three more chances, which is what the SDK needs to set it', async () => {
  const wrong = await call(() => named('InvalidSignatureException'));
  expect(await refusal(wrong.send('ecs:ListTasks'))).toMatchObject({ code: 'unreachable' });
  expect(wrong.seen.attempts).toBe(4);
  const set = await call(times(3, 'RequestTimeTooSkewed'));
  expect(await set.send('ecs:ListTasks')).toBe(1);
  expect(set.seen.clients).toBe(1);
});

test('expired credentials are asked for anew three times, by new clients', async () => {
  const renewed = await call(times(3, 'ExpiredTokenException'));
  expect(await renewed.send('ecs:ListTasks')).toBe(4);
  const gone = await call(() => named('ExpiredTokenException'));
  expect(await refusal(gone.send('ecs:ListTasks'))).toEqual({
    code: 'no-permission',
    message:
      'The credentials are missing or expired (ExpiredTokenException): get new ones and run the same command again, it attaches to the rollout.',
    hasCause: true,
  });
  expect(gone.seen.clients).toBe(4);
});

test('credentials that were renewed may expire again later', async () => {
  let fresh = 0;
  const { send, seen } = await call(() => (fresh++ % 3 === 2 ? undefined : named('ExpiredTokenException')));
  for (let round = 0; round < 4; round++) {
    await send('ecs:ListTasks');
  }
  expect(seen.clients).toBe(9);
});

test('Ctrl-C ends a call that is under way, and no other one is tried', async () => {
  const { signal, seen, events, clock } = await call(() => undefined);
  const aws = new Aws(
    () => ({}) as Clients,
    clock,
    (event) => events.push(event),
    signal.signal,
  );
  const ended = aws.call('ecs:ListTasks', (_clients, { abortSignal }) => {
    seen.attempts++;
    return new Promise((_resolve, reject) => {
      abortSignal.addEventListener('abort', () => reject(named('AbortError')));
    });
  });
  signal.abort();
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toMatchObject({ attempts: 1, waits: [] });
  expect(events).toEqual([]);
});

test('no call leaves its listener behind', async () => {
  const { send, signal } = await call(() => undefined);
  const removed = jest.spyOn(signal.signal, 'removeEventListener');
  const added = jest.spyOn(signal.signal, 'addEventListener');
  await send('ecs:ListTasks');
  expect(removed.mock.calls).toEqual(added.mock.calls);
  expect(added).toHaveBeenCalledTimes(1);
});
