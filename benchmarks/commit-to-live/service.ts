import { docker, type Engine } from '../../apps/paebbl-viz/e2e/src/engine';
import { inspect, startTask, type Task } from '../../apps/paebbl-viz/e2e/src/engine-task';
import type { Deployment, State } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import type { Step, StoppedTask } from '../../packages/ecs-ec2-service/test/rollout/control-plane/timeline';
import type { WorkingClock } from './clock';
import type { Shape } from './shape';

/** Seconds until ECS has placed a task, assumed: see rollout-time. Each failure doubles it, as ECS slows restarts down. */
const PLACEMENT = 5;
/** Seconds between two looks of ECS at what is there, assumed. */
const LOOK = 5;
/** A container that has not answered for so long is not going to: from then on time may be skipped. Good ones need one second. */
const WATCHED = 8;

/** A task that failed, in the words of ECS. */
export interface Failure {
  readonly stopCode: string;
  readonly stoppedReason: string;
  readonly exitCode: number;
  readonly log: string[];
}

/** The service as ECS runs it: real containers of the pushed images, and what becomes of them told to the control plane. */
export class Service {
  /** Where requests may go now. */
  readonly targets = new Set<string>();
  live?: Task;
  /** When the last rollout came to its end. */
  endedAt?: number;
  onStopped: (failure: Failure, deployment: Deployment) => Promise<void> = async () => undefined;
  private readonly over = new AbortController();

  constructor(
    private readonly engine: Engine,
    private readonly clock: WorkingClock,
    private readonly shape: Shape,
  ) {}

  /** Runs what the deployment says, until it ends or `stop` is called. */
  async rollOut(state: State, deployment: Deployment): Promise<void> {
    const image = state.findDefinition(deployment.taskDefinition)?.containerDefinitions?.[0]?.image ?? '';
    const tell = (step: Omit<Step, 'at'>, stopped?: StoppedTask, log?: string[]) => {
      const { timeline } = deployment;
      const at = state.secondsOf(deployment);
      deployment.timeline = {
        ...timeline,
        steps: [...timeline.steps, { at, ...step }],
        stoppedTasks: [...(timeline.stoppedTasks ?? []), ...(stopped ? [{ ...stopped, at }] : [])],
        log: log ?? timeline.log,
        digest: /@(sha256:.*)$/.exec(image)?.[1] ?? timeline.digest,
      };
    };
    const { failuresUntilRollback: threshold } = this.shape;
    const breaker = (failureCount: number, status: 'MONITORING' | 'TRIGGERED' = 'MONITORING') =>
      threshold ? { status, failureCount, threshold } : ({ status: 'DISABLED' } as const);
    for (let failures = 0; ; ) {
      tell({ status: 'IN_PROGRESS', lifecycleStage: 'SCALE_UP', pending: 1, running: 0 });
      await this.clock.sleep(PLACEMENT * 2 ** failures * 1000, this.over.signal);
      const { task, failure } = await this.tryTask(image);
      if (!failure) {
        tell({ running: 1, pending: 0, deploymentCircuitBreaker: breaker(failures) });
        await this.replace(task);
        this.endedAt = this.clock.now();
        return tell({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' });
      }
      failures++;
      const { log, ...words } = failure;
      const tripped = failures === threshold;
      const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.';
      const ending = tripped ? ({ status: 'ROLLBACK_IN_PROGRESS', rollback: { reason } } as const) : {};
      tell(
        { running: 0, deploymentCircuitBreaker: breaker(failures, tripped ? 'TRIGGERED' : undefined), ...ending },
        { at: 0, ...words },
        log,
      );
      await this.onStopped(failure, deployment);
      if (tripped) {
        await this.clock.sleep(LOOK * 1000, this.over.signal);
        this.endedAt = this.clock.now();
        return tell({ status: 'ROLLBACK_SUCCESSFUL', statusReason: reason });
      }
    }
  }

  /** Ends a rollout that would never end. */
  stop(): void {
    this.over.abort();
  }

  private async tryTask(image: string): Promise<{ task: Task; failure?: Failure }> {
    await docker(this.engine, 'pull', '--quiet', image);
    const task = await startTask(this.engine, image);
    let good = false;
    try {
      const failure = await this.judge(task);
      good = failure === undefined;
      return { task, failure };
    } finally {
      if (!good) {
        this.targets.delete(task.url);
        await task.remove();
      }
    }
  }

  /** Why the task is no good, or undefined when it is. */
  private async judge(task: Task): Promise<Failure | undefined> {
    const { check } = this.shape;
    const began = this.clock.now();
    if (!check) {
      // What runs is good, and gets requests from its first moment.
      this.targets.add(task.url);
    }
    for (let bad = 0; ; ) {
      const pause = (check?.interval ?? LOOK) * 1000;
      const age = () => (this.clock.now() - began) / 1000;
      await (age() < WATCHED ? this.whileItRuns(task, pause) : this.clock.sleep(pause, this.over.signal));
      if (!check) {
        // ECS would take what runs at its first look for good. Here it waits until the app says anything, so that a crash is
        // seen as one, however slow the machine.
        await this.untilItSpeaks(task);
      }
      if (!(await this.runs(task))) {
        const exitCode = Number(await inspect(this.engine, task.id, '{{.State.ExitCode}}'));
        return this.failed(task, 'EssentialContainerExited', 'Essential container in task exited', exitCode);
      }
      if (!check || (await answers(`${task.url}${check.path}`))) {
        return undefined;
      }
      bad++;
      if (bad >= check.unhealthyAfter && age() >= check.grace) {
        const exitCode = await task.stop();
        const group = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/app/0123456789abcdef';
        return this.failed(
          task,
          'ServiceSchedulerInitiated',
          `Task failed ELB health checks in (target-group ${group})`,
          exitCode,
        );
      }
    }
  }

  private async failed(task: Task, stopCode: string, stoppedReason: string, exitCode: number): Promise<Failure> {
    const log = (await task.logs()).trimEnd().split('\n').slice(-12);
    return { stopCode, stoppedReason, exitCode, log };
  }

  private async untilItSpeaks(task: Task): Promise<void> {
    const speaks = () => fetch(task.url, { signal: AbortSignal.timeout(2_000) }).then(Boolean, () => false);
    for (let tries = 0; tries < 100 && (await this.runs(task)) && !(await speaks()); tries++) {
      await this.clock.watch(100);
    }
  }

  private async runs(task: Task): Promise<boolean> {
    return (await inspect(this.engine, task.id, '{{.State.Running}}')) === 'true';
  }

  /** Real time, up to the end of the container. */
  private async whileItRuns(task: Task, milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    while (this.clock.now() < until && (await this.runs(task))) {
      await this.clock.watch(Math.min(250, Math.max(0, until - this.clock.now())));
    }
  }

  /** The new task gets the requests; the old one ends what it has begun, and is stopped. */
  private async replace(task: Task): Promise<void> {
    const old = this.live;
    this.targets.add(task.url);
    this.live = task;
    if (old) {
      this.targets.delete(old.url);
      await this.clock.sleep(this.shape.draining * 1000, this.over.signal);
      await old.stop();
      await old.remove();
    }
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
