import type { Clock } from '../../../runtime/rollout/clock';

/** Time that passes only when somebody sleeps, and then at once. */
export class VirtualClock implements Clock {
  private time: number;
  private sleeps = 0;

  /** @param mostSleeps more than any rollout takes: somebody who sleeps on would sleep for ever */
  constructor(
    start = Date.UTC(2026, 0, 1),
    private readonly mostSleeps = 8_000,
  ) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.time += milliseconds;
    this.sleeps++;
    if (this.sleeps > this.mostSleeps) {
      throw new Error(`'sleeps' must be ${this.mostSleeps} at most, got: one more`);
    }
    this.onSleep?.();
    // Lets a signal that is raised meanwhile take effect.
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  }

  /** Called after each sleep: tests raise signals and move the world here. */
  onSleep?: () => void;
}
