import type { ServiceDeployment, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTaskDefinition, findService, stoppedTasks } from '../aws/ecs';
import type { Context, ServiceName } from '../context';
import { RolloutError } from '../rollout-error';
import { explainEvent } from '../why/events';
import { type FailureReport, failureOf, withHealth, withLogs } from '../why/failure';
import { healthReason } from '../why/health';

/** Looked at less often than the deployment itself: reasons may be late by this, verdicts may not. */
const LOOK_EVERY = 10_000;
/** From so many failed tasks on it is a pattern: say so now, whatever the circuit breaker waits for. */
const REPORT_AT = 2;

/** Collects why tasks of one deployment fail, while it goes on. */
export class FailureWatcher {
  private readonly seen = new Map<string, FailureReport>();
  private readonly events = new Set<string>();
  private readonly notes = new Set<string>();
  private definition?: TaskDefinition;
  private nextLook = 0;
  private failedBefore = 0;
  private reported = false;
  private capacity?: FailureReport;
  /** Why the load balancer finds a task unhealthy, in its own words. */
  private health?: string;

  constructor(
    private readonly context: Context,
    private readonly name: ServiceName,
    private readonly taskDefinition: string,
    private readonly since: number,
  ) {}

  /** Looks when something new may be there: at once when ECS counts another failure, else every few seconds. */
  async look(deployment: ServiceDeployment): Promise<void> {
    const failed = deployment.deploymentCircuitBreaker?.failureCount ?? 0;
    const { runningTaskCount = 0, requestedTaskCount = 0 } = deployment.targetServiceRevision ?? {};
    const now = this.context.clock.now();
    // ECS sets the count back to 0 once a task is healthy, and the next failure is another one.
    const another = failed > this.failedBefore;
    this.failedBefore = failed;
    if (!another && now < this.nextLook) {
      return;
    }
    this.nextLook = now + LOOK_EVERY;
    await this.tolerate(() => this.readEvents());
    if (another || runningTaskCount < requestedTaskCount || this.health !== undefined) {
      await this.tolerate(() => this.readTasks());
    }
  }

  /** The most telling reason, with the last lines of the container's log, or undefined when no task failed. */
  async best(): Promise<FailureReport | undefined> {
    await this.tolerate(() => this.readEvents());
    await this.tolerate(() => this.readTasks());
    const last = [...this.seen.values()].pop();
    return last ? this.complete(last) : this.capacity;
  }

  /** A reason that cannot be read costs the reason, not the verdict: that comes from the deployment alone. */
  private async tolerate(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.context.signal.throwIfAborted();
      const { name, message } = error as Error;
      const note = `Why tasks fail cannot be told: ${error instanceof RolloutError ? message : `${name}: ${message}`}`;
      if (!this.notes.has(note)) {
        this.notes.add(note);
        this.context.report({ type: 'note', message: note });
      }
    }
  }

  private async readTasks(): Promise<void> {
    this.definition ??= (await describeTaskDefinition(this.context.aws, this.taskDefinition)).definition;
    const tasks = await stoppedTasks(this.context.aws, this.name);
    tasks.sort((a, b) => (a.stoppedAt?.getTime() ?? 0) - (b.stoppedAt?.getTime() ?? 0));
    for (const task of tasks) {
      const ours = task.taskDefinitionArn === this.definition.taskDefinitionArn;
      const recent = (task.createdAt?.getTime() ?? this.since) >= this.since;
      const failure = ours && recent && !this.seen.has(task.taskArn!) ? failureOf(task, this.definition) : undefined;
      if (failure) {
        this.seen.set(task.taskArn!, failure);
      }
    }
    if (this.seen.size >= REPORT_AT && !this.reported) {
      this.reported = true;
      const failure = await this.complete([...this.seen.values()].pop()!);
      this.context.report({ type: 'failing', failures: this.seen.size, failure });
    }
  }

  private async readEvents(): Promise<void> {
    const service = await findService(this.context.aws, this.name);
    for (const event of [...(service?.events ?? [])].reverse()) {
      const late = (event.createdAt?.getTime() ?? 0) < this.since;
      if (late || !event.message || this.events.has(event.id ?? event.message)) {
        continue;
      }
      this.events.add(event.id ?? event.message);
      this.context.report({ type: 'service-event', message: event.message });
      this.health = healthReason(event.message) ?? this.health;
      const failure = explainEvent(event.message);
      if (failure && !this.capacity) {
        this.capacity = failure;
        this.context.report({ type: 'failing', failures: 0, failure });
      }
    }
  }

  private complete(failure: FailureReport): Promise<FailureReport> {
    return withLogs(this.context, withHealth(failure, this.health), this.definition!);
  }
}
