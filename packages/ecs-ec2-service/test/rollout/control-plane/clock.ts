import type { Clock } from '../../../runtime/rollout/clock';

/** Sleeps in a row that may take no time at all: somebody who sleeps on like that would do so for ever. */
const MOST_EMPTY_SLEEPS = 20;

/** Time that passes only when somebody sleeps, and then at once. */
export class VirtualClock implements Clock {
  private time: number;
  private sleeps = 0;
  private emptySleeps = 0;

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
    this.emptySleeps = milliseconds > 0 ? 0 : this.emptySleeps + 1;
    if (this.emptySleeps > MOST_EMPTY_SLEEPS) {
      throw new Error(`'milliseconds' must be above 0, got: ${milliseconds} for ${this.emptySleeps} times`);
    }
    this.onSleep?.();
    // Lets a signal that is raised meanwhile take effect.
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  }

  /** Called after each sleep: tests raise signals and move the world here. */
  onSleep?: () => void;
}
