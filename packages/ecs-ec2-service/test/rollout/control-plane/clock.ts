import type { Clock } from '../../../runtime/rollout/clock';

/** More than any rollout here takes: somebody who sleeps on would sleep for ever. */
const MOST_SLEEPS = 8_000;

/** Time that passes only when somebody sleeps, and then at once. */
export class VirtualClock implements Clock {
  private time: number;
  private sleeps = 0;

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.time += milliseconds;
    this.sleeps++;
    if (this.sleeps > MOST_SLEEPS) {
      throw new Error(`'sleeps' must be ${MOST_SLEEPS} at most, got: one more`);
    }
    this.onSleep?.();
    // Lets a signal that is raised meanwhile take effect.
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  }

  /** Called after each sleep: tests raise signals and move the world here. */
  onSleep?: () => void;
}
