import { DescribeServiceDeploymentsCommand, ECSClient, waitUntilServicesStable } from '@aws-sdk/client-ecs';
import { makeClients } from '../../packages/ecs-ec2-service/runtime/rollout/aws/clients';
import { run } from '../../packages/ecs-ec2-service/runtime/rollout/run';
import type { VirtualClock } from '../../packages/ecs-ec2-service/test/rollout/control-plane/clock';
import type { ControlPlane } from '../../packages/ecs-ec2-service/test/rollout/control-plane/server';
import { CLUSTER, SERVICE } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import { inVirtualTime } from './virtual-timers';

/** What a tool says, and when. */
export interface Said {
  readonly success: boolean;
  /** Milliseconds since 1970, in virtual time. */
  readonly at: number;
  /** When it first told of a failure. */
  readonly failureAt?: number;
}

/** A way to wait for a rollout. */
export type Follower = (plane: ControlPlane, image: string, clock: VirtualClock) => Promise<Said>;

const WAIT = 30 * 60;
const config = (plane: ControlPlane) => ({
  endpoint: plane.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  // No timeouts of the transport: its timers would be taken for a tool's.
  requestHandler: { connectionTimeout: 0, requestTimeout: 0 },
});

export const followers: Record<string, Follower> = {
  'ecs-rollout': async (plane, image, clock) => {
    let out = '';
    const argv = ['deploy', '--cluster', CLUSTER, '--service', SERVICE, '--image', image, '--json', '--timeout', '30m'];
    const code = await run(argv, {
      env: {},
      out: (text) => {
        out += text;
      },
      err: (text) => {
        out += text;
      },
      summarize: () => {},
      output: () => {},
      makeClients: () =>
        makeClients({ endpoint: plane.endpoint, region: 'us-east-1', credentials: config(plane).credentials }),
      clock,
      signal: new AbortController().signal,
    });
    const at = clock.now();
    const failing = out.split('\n').find((line) => line.includes('"type":"failing"'));
    return {
      success: code === 0,
      at,
      failureAt: failing ? Date.parse(JSON.parse(failing).time) : code === 0 ? undefined : at,
    };
  },
  'SDK waitUntilServicesStable': async (plane, image, clock) => {
    begin(plane, image);
    const client = new ECSClient(config(plane));
    const input = { cluster: CLUSTER, services: [SERVICE] };
    // With its own delays: 15 s at first, up to 600 s.
    const success = await inVirtualTime(clock, () =>
      waitUntilServicesStable({ client, maxWaitTime: WAIT }, input).then(
        () => true,
        () => false,
      ),
    );
    return said(clock, success);
  },
  'poll every 15 s': poll(15),
  'poll every 1 s': poll(1),
};

/** Asks for the very deployment, so that its verdict is right; only the pace is fixed. */
function poll(seconds: number): Follower {
  return async (plane, image, clock) => {
    const arn = begin(plane, image);
    const client = new ECSClient(config(plane));
    const giveUpAt = clock.now() + WAIT * 1000;
    while (clock.now() < giveUpAt) {
      const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] });
      // A poll that an error ends would be wrong whenever AWS has a bad moment: this one looks again.
      const answer = await client.send(command).catch(() => undefined);
      const status = answer && (answer.serviceDeployments?.[0]?.status ?? 'GONE');
      if (/^(SUCCESSFUL|STOPPED|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED|GONE)$/.test(status ?? '')) {
        return said(clock, status === 'SUCCESSFUL');
      }
      await clock.sleep(seconds * 1000);
    }
    return said(clock, false);
  };
}

function said(clock: VirtualClock, success: boolean): Said {
  const at = clock.now();
  return { success, at, failureAt: success ? undefined : at };
}

/** What the tool beside us does in its first calls. */
function begin({ state }: ControlPlane, image: string): string {
  const [first] = state.definitions;
  const [container] = first.containerDefinitions!;
  const { taskDefinitionArn } = state.register({ ...first, containerDefinitions: [{ ...container, image }] });
  state.update(taskDefinitionArn!, undefined, false);
  return state.latest().arn;
}
