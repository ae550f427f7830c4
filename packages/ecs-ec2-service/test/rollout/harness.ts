import { makeClients } from '../../runtime/rollout/aws/clients';
import type { RolloutEvent } from '../../runtime/rollout/report/events';
import { run, type World } from '../../runtime/rollout/run';
import { VirtualClock } from './control-plane/clock';
import { ControlPlane, type Script } from './control-plane/server';
import { CLUSTER, SERVICE } from './control-plane/state';
import { withoutSockets } from './control-plane/without-sockets';

// The locked SDK of this package runs on every Node that the package supports: the SDK's advice is about its later versions.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const underMutation = process.env.MUTATION_PACKAGE === 'ecs-ec2-service';

const open = new Set<ControlPlane>();
afterEach(async () => {
  await Promise.all([...open].map((plane) => plane.stop()));
  open.clear();
});

export const TARGET = ['--cluster', CLUSTER, '--service', SERVICE];
export const IMAGE = 'registry/app:new';
export const DEPLOY = ['deploy', ...TARGET, '--image', IMAGE];

/** Runs one command line, and remembers what it writes. */
export async function runIn(argv: string[], world: Omit<World, 'out' | 'err' | 'summarize' | 'output'>) {
  const text = { out: '', err: '', summary: '', output: '' };
  const code = await run(argv, {
    ...world,
    out: (more) => {
      text.out += more;
    },
    err: (more) => {
      text.err += more;
    },
    summarize: (more) => {
      text.summary += more;
    },
    output: (more) => {
      text.output += more;
    },
  });
  return { code, ...text };
}

/** A control plane, and the tool against it, in time that passes at once. */
export async function stage({ mostSleeps = 400, ...script }: Script & { mostSleeps?: number }, signal?: AbortSignal) {
  const clock = new VirtualClock(undefined, mostSleeps);
  const plane = await ControlPlane.start(script, clock);
  open.add(plane);
  const rollout = (argv: string[], env: NodeJS.ProcessEnv = {}, terminal?: World['terminal']) =>
    runIn(argv, {
      env,
      terminal,
      makeClients: () =>
        makeClients({
          endpoint: plane.endpoint,
          ...(underMutation ? { requestHandler: withoutSockets(plane) } : {}),
          region: 'us-east-1',
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        }),
      clock,
      signal: signal ?? new AbortController().signal,
    });
  return { clock, plane, rollout };
}

/** Runs one command line against a script. */
export async function play(
  script: Script & { mostSleeps?: number },
  argv: string[] = DEPLOY,
  before?: (plane: ControlPlane) => void,
) {
  const { plane, rollout, clock } = await stage(script);
  before?.(plane);
  return { ...(await rollout(argv)), plane, clock };
}

/** Events of a run with `--json`. */
export function eventsOf(out: string): (RolloutEvent & { time: string })[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
