import type { Context } from './context';
import type { Ending } from './follow/follow';
import type { Outcome } from './outcome';
import { type Released, record } from './record';

/** Records the release where one is due, tells how it ended, and returns the outcome. */
export async function finish(
  context: Context,
  ending: Ending,
  began: number,
  release: { parameter?: string; released: Released },
): Promise<Outcome> {
  let { outcome, message, next } = ending;
  if (outcome === 'succeeded' && release.parameter) {
    const problem = await record(context, release.parameter, { ...release.released, deployment: ending.deployment });
    if (problem) {
      outcome = 'not-recorded';
      ({ message, next } = problem);
    }
  }
  const seconds = Math.round((context.clock.now() - began) / 1000);
  context.report({ type: 'finished', outcome, message, next, failure: ending.failure, seconds });
  return outcome;
}
