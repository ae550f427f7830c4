import { setTimeout as really } from 'node:timers/promises';
import type { Clock } from '../../packages/ecs-ec2-service/runtime/rollout/clock';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Real time without the time in which nobody works: while every actor sleeps, the clock moves to the moment at which the first
 * of them wakes. What is really done (a build, a container's start, a request) takes as long as it takes.
 */
export class WorkingClock implements Clock {
  private skipped = 0;
  private working = 0;
  private readonly sleepers = new Set<Sleeper>();

  /** Milliseconds since 1970, as they would be without the skipping. */
  now(): number {
    return performance.timeOrigin + performance.now() + this.skipped;
  }

  /** Runs somebody's work. Only actors may sleep, and each of them does one thing at a time. */
  async actor<T>(work: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await work();
    } finally {
      this.rest();
    }
  }

  /** Sleeps; this time may be skipped. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const at = this.now() + milliseconds;
    await new Promise<void>((done) => {
      const wake = () => {
        if (this.sleepers.delete(sleeper)) {
          clearTimeout(timer);
          this.working++;
          done();
        }
      };
      const sleeper = { at, wake };
      const timer = setTimeout(wake, milliseconds);
      this.sleepers.add(sleeper);
      this.rest();
    });
    signal?.throwIfAborted();
  }

  /** Waits for something real, such as a container that starts: this time is never skipped. */
  async watch(milliseconds: number): Promise<void> {
    await really(milliseconds);
  }

  private rest(): void {
    this.working--;
    // Whoever was just woken, or is about to become an actor, comes first.
    setImmediate(() => this.skip());
  }

  private skip(): void {
    const [first] = [...this.sleepers].sort((a, b) => a.at - b.at);
    if (this.working === 0 && first) {
      this.skipped += Math.max(0, first.at - this.now());
      first.wake();
    }
  }
}
