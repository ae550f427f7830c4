import type { VirtualClock } from '../../packages/ecs-ec2-service/test/rollout/control-plane/clock';

/** Waits of less are the transport's, not a tool's. */
const LONG = 1_000;

/**
 * Runs code that sleeps by the global timers (the SDK's waiter) in virtual time: long timers fire at once and move the clock, and
 * `Date.now` tells its time. Nothing else may run meanwhile.
 */
export async function inVirtualTime<T>(clock: VirtualClock, work: () => Promise<T>): Promise<T> {
  const { setTimeout: realSetTimeout } = globalThis;
  const realNow = Date.now;
  const fake = (callback: () => void, milliseconds = 0) => {
    if (milliseconds < LONG) {
      return realSetTimeout(callback, milliseconds);
    }
    void clock.sleep(milliseconds).then(callback);
    return realSetTimeout(() => {}, 0);
  };
  globalThis.setTimeout = fake as typeof setTimeout;
  Date.now = () => clock.now();
  try {
    return await work();
  } finally {
    globalThis.setTimeout = realSetTimeout;
    Date.now = realNow;
  }
}
