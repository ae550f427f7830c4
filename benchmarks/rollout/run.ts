/**
 * How late the verdict on a rollout comes, what it costs in API calls, how soon a failure is told, and how often the verdict is
 * wrong: ecs-rollout, the SDK's waiter and two fixed polls, over all timelines of the scripted control plane, in one run.
 *
 *   node benchmarks/rollout/run.mjs
 *
 * Time is virtual, so the figures do not depend on the machine: sleeping moves it, and each API call takes LATENCY of it.
 */
import { VirtualClock } from '../../packages/ecs-ec2-service/test/rollout/control-plane/clock';
import { ControlPlane } from '../../packages/ecs-ec2-service/test/rollout/control-plane/server';
import { endOf, type Timeline } from '../../packages/ecs-ec2-service/test/rollout/control-plane/timeline';
import { type Scenario, scenarios } from '../../packages/ecs-ec2-service/test/rollout/control-plane/timelines';
import { writeReport } from '../write-report';
import { type Follower, followers } from './followers';
import { inTurn, quantile, rounded, seeded } from './statistics';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const ROUNDS = 4;
/** Milliseconds that an API call takes. */
const LATENCY = 80;
const random = seeded(20260101);

interface Measured {
  readonly scenario: string;
  readonly lag?: number;
  readonly calls: number;
  readonly wrong: boolean;
  /** Seconds from the second failed task until the tool told of a failure. */
  readonly told?: number;
}

/** The same rollout, a little later: a poll must not be lucky with its phase. */
function shifted(timeline: Timeline, by: number): Timeline {
  const later = <T extends { at: number }>(items: readonly T[]) =>
    items.map((item) => (item.at > 2 ? { ...item, at: item.at + by } : item));
  return { ...timeline, steps: later(timeline.steps), stoppedTasks: later(timeline.stoppedTasks ?? []) };
}

async function measure(
  follow: Follower,
  scenario: string,
  { timeline, outcome, desiredCount, faults }: Scenario,
): Promise<Measured> {
  const clock = new VirtualClock();
  const script = { timeline, latency: LATENCY, faults: faults?.map((fault) => ({ ...fault })) };
  const plane = await ControlPlane.start(script, clock);
  plane.state.desiredCount = desiredCount ?? 1;
  const said = await follow(plane, 'registry/app:new', clock);
  const started = plane.state.deployments[1].createdAt;
  await plane.stop();
  const end = endOf(timeline);
  const second = timeline.stoppedTasks?.[1]?.at;
  const failed = second !== undefined && outcome !== 'succeeded';
  return {
    scenario,
    lag: end === undefined ? undefined : (said.at - started) / 1000 - end,
    calls: plane.calls.length,
    wrong: said.success !== (outcome === 'succeeded'),
    // A tool that never tells of the failure tells it at its end at the earliest.
    told: failed ? ((said.failureAt ?? said.at) - started) / 1000 - second : undefined,
  };
}

const rounds = Array.from({ length: ROUNDS }).flatMap(() =>
  (Object.entries(scenarios) as [string, Scenario][]).map(([name, scenario]) => ({
    name,
    scenario: { ...scenario, timeline: shifted(scenario.timeline, random() * 15) },
  })),
);
const names = Object.keys(followers);
const jobs = rounds.flatMap(({ name, scenario }) =>
  names.map((follower) => async () => ({ follower, ...(await measure(followers[follower], name, scenario)) })),
);
async function main(): Promise<void> {
  const measured = await inTurn(jobs);

  const results = names.map((name) => {
    const mine = measured.filter((item) => item.follower === name);
    const lags = mine.flatMap((item) => (item.lag === undefined ? [] : [item.lag]));
    const told = mine.flatMap((item) => (item.told === undefined ? [] : [item.told]));
    // Rollouts that end: how long one waits for those that do not is the waiter's limit, not its pace.
    const calls = mine.filter((item) => item.lag !== undefined).reduce((sum, item) => sum + item.calls, 0);
    const wrong = mine.filter((item) => item.wrong);
    return {
      name,
      medianLagSeconds: rounded(quantile(lags, 0.5)),
      p95LagSeconds: rounded(quantile(lags, 0.95)),
      longestLagSeconds: rounded(Math.max(...lags)),
      apiCalls: calls,
      medianSecondsToTellOfFailure: rounded(quantile(told, 0.5)),
      wrongVerdicts: `${wrong.length} of ${mine.length}`,
      wronglyJudged: [...new Set(wrong.map((item) => item.scenario))],
    };
  });
  const report = {
    benchmark: 'rollout',
    what: `${rounds.length} rollouts of ${Object.keys(scenarios).length} kinds against a scripted ECS control plane, each at another phase; lag is from the end of the deployment to the verdict, the time to tell of a failure is from the second failed task`,
    node: process.version,
    rounds: ROUNDS,
    millisecondsACall: LATENCY,
    results,
  };
  writeReport(report);
  console.table(results.map(({ wronglyJudged: _, ...row }) => row));
}

void main();
