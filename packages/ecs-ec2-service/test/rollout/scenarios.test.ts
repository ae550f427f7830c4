import { exitCodes, type Outcome } from '../../runtime/rollout/outcome';
import { linesOf } from '../../runtime/rollout/report/lines';
import { endOf } from './control-plane/timeline';
import { type Scenario, scenarios } from './control-plane/timelines';
import { DEPLOY, eventsOf, play } from './harness';

/** Longer than any timeline that ends. */
const LIMIT = '10m';
/** A fault that is over counts down, so each run has its own. */
const scriptOf = ({ timeline, faults }: Pick<Scenario, 'timeline' | 'faults'>) => ({
  timeline,
  faults: faults?.map((fault) => ({ ...fault })),
});
const cases = Object.entries(scenarios) as [string, Scenario][];

/** Failures that come again and again, whatever the circuit breaker counts. */
const looping: string[] = [
  'breaker rollback of a crash loop',
  'image not found',
  'unhealthy target',
  'task that is healthy for a moment',
  'no breaker configured',
];

// One run for all that can be said about it: a rollout is some hundred calls.
test.each(cases)(
  '%s: the verdict is what ECS says, within two seconds, with the reason; only a success is recorded',
  async (name, { outcome, says, desiredCount, ...script }) => {
    const { timeline } = script;
    const argv = [...DEPLOY, '--json', '--timeout', LIMIT, '--release-parameter', '/released'];
    const { code, out, plane } = await play(scriptOf(script), argv, ({ state }) => {
      state.desiredCount = desiredCount ?? 1;
    });
    const events = eventsOf(out);
    const text = events.flatMap((event) => linesOf(event)).join('\n');
    const began = Date.parse(events[0].time);
    const secondsUntil = (event: { time: string }) =>
      (Date.parse(event.time) - plane.state.deployments[1].createdAt) / 1000;
    const ran = outcome === 'succeeded' && desiredCount !== 0;
    expect({ code, text }).toEqual({
      // A success of which no task runs is not recorded, and says so.
      code: outcome === 'succeeded' && !ran ? exitCodes['not-recorded'] : exitCodes[outcome],
      text: says ? expect.stringMatching(says) : expect.any(String),
    });
    // What a reader of the log sees, and when. Retries wait for a random time.
    if (!script.faults) {
      const log = events.flatMap((event) =>
        linesOf(event).map((line) => `${(Date.parse(event.time) - began) / 1000} s  ${line}`),
      );
      expect(log.join('\n')).toMatchSnapshot();
    }
    expect([...plane.state.parameters.keys()]).toEqual(ran ? ['/released'] : []);
    const finished = events[events.length - 1];
    const advice = code === 0 ? undefined : expect.stringMatching(/[a-z].*\.$/);
    expect(finished).toEqual(expect.objectContaining({ type: 'finished', ...(advice ? { next: advice } : {}) }));
    expect('next' in finished).toBe(code !== 0);
    const end = endOf(timeline);
    if (end !== undefined) {
      expect(secondsUntil(events[events.length - 1]) - end).toBeLessThanOrEqual(2);
    }
    if (looping.includes(name)) {
      const failing = events.find((event) => event.type === 'failing')!;
      expect(failing).toMatchObject({ failures: 2 });
      expect(secondsUntil(failing) - timeline.stoppedTasks![1].at).toBeLessThanOrEqual(12);
    }
  },
);

test('every way in which a rollout can end has an exit code of its own', () => {
  const codes = Object.values(exitCodes);
  expect(new Set(codes).size).toBe(codes.length);
  const outcomes: Outcome[] = cases.map(([, scenario]) => scenario.outcome);
  expect(new Set(outcomes)).toEqual(
    new Set(['succeeded', 'rolled-back', 'failed', 'superseded', 'stopped', 'timed-out']),
  );
});
