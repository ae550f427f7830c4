import { docker } from '../../apps/paebbl-viz/e2e/src/engine';
import { buildImage } from '../../apps/paebbl-viz/e2e/src/engine-image';
import { makeClients } from '../../packages/ecs-ec2-service/runtime/rollout/aws/clients';
import type { RolloutEvent } from '../../packages/ecs-ec2-service/runtime/rollout/report/events';
import { run } from '../../packages/ecs-ec2-service/runtime/rollout/run';
import type { FailureReport } from '../../packages/ecs-ec2-service/runtime/rollout/why/failure';
import { CLUSTER, SERVICE } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import { slackNotify } from '../../packages/slack-notify/test/runtime/cli/run-cli';
import { WEBHOOK_URL } from '../../packages/slack-notify/test/runtime/lambda/world';
import type { Ran, Stage } from './ways';

type Event = RolloutEvent & { time: string };

/**
 * The steps of the generated workflow: build, push by commit, `ecs-rollout deploy` of what was pushed by its digest, `slack-notify
 * send`. ecs-rollout runs in this process, because its clock must be the one that skips; slack-notify as the bundled tool.
 */
export async function ours(stage: Stage): Promise<Ran> {
  const { builder, clock, folder, repository, commit, plane, slack } = stage;
  const image = `${repository}:${commit}`;
  await buildImage(builder, image, folder);
  const builtAt = clock.now();
  const { stdout } = await docker(builder, 'push', image);
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1];
  const pushedAt = clock.now();
  const { success, events } = await rollOut(stage, `${repository}@${digest}`);
  const verdictAt = clock.now();
  const at = <T extends Event['type']>(type: T) =>
    events.find((event): event is Extract<Event, { type: T }> => event.type === type);
  const failing = at('failing');
  const status = success ? 'success' : 'failure';
  const { code, error } = await slackNotify(
    ['send', '--strict', '--status', status, '--commit', commit],
    { SLACK_WEBHOOK_URL: WEBHOOK_URL },
    { 'https://hooks.slack.com': slack.origin },
  );
  if (code !== 0) {
    throw new Error(`slack-notify failed: ${error}`);
  }
  const registeredAt = Date.parse(at('started')?.time ?? '');
  if (Number.isNaN(registeredAt)) {
    throw new Error(`ecs-rollout started nothing: ${JSON.stringify(events)} ${plane.calls.join(' ')}`);
  }
  return {
    builtAt,
    pushedAt,
    registeredAt,
    verdictAt,
    toldAt: clock.now(),
    success,
    reason: failing && { at: Date.parse(failing.time), text: inBrief(failing.failure) },
  };
}

/** What is wrong, what to do, and the last line of log that came with them. */
function inBrief({ what, next, log }: FailureReport) {
  return [what, next, log?.at(-1)?.slice(0, 200)].filter(Boolean).join(' ');
}

async function rollOut({ clock, plane }: Stage, image: string): Promise<{ success: boolean; events: Event[] }> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const argv = ['deploy', '--cluster', CLUSTER, '--service', SERVICE, '--image', image, '--json'];
  const code = await run([...argv, '--release-parameter', '/paebbl/released', '--min-desired-count', '1'], {
    env: {},
    out: write,
    // The same as an event, for people.
    err: () => undefined,
    summarize: () => undefined,
    output: () => undefined,
    makeClients: () =>
      makeClients({
        endpoint: plane.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      }),
    clock,
    signal: new AbortController().signal,
  });
  const lines = out.trim().split('\n');
  return { success: code === 0, events: lines.map((line) => JSON.parse(line)) };
}
