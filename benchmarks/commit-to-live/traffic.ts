import type { WorkingClock } from './clock';
import type { Service } from './service';

/** Milliseconds between two requests of a colleague. */
export const PACE = 1_000;

/** What colleagues got while the rollout went on. */
export interface Seen {
  readonly requests: { readonly at: number; readonly failed: boolean }[];
  /** When a page of the new version came for the first time, in milliseconds since 1970. */
  newVersionAt?: number;
}

/**
 * Asks for the home page as colleagues do, until `over`. A request that one task does not answer goes to the next, as Service
 * Connect and load balancers retry: only what no task answers has failed.
 */
export async function watchTraffic(clock: WorkingClock, service: Service, over: AbortSignal): Promise<Seen> {
  const seen: Seen = { requests: [] };
  const old = service.live?.url;
  while (!over.aborted) {
    const targets = [...service.targets];
    if (targets.length > 0) {
      // Evenly: the task that is asked first changes with each request.
      const first = seen.requests.length % targets.length;
      const answered = await firstThatAnswers([...targets.slice(first), ...targets.slice(0, first)]);
      seen.requests.push({ at: clock.now(), failed: answered === undefined });
      if (answered && answered !== old) {
        seen.newVersionAt ??= clock.now();
      }
    }
    await clock.sleep(PACE);
  }
  return seen;
}

async function firstThatAnswers(targets: string[]): Promise<string | undefined> {
  for (const target of targets) {
    const status = await fetch(`${target}/`, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status >= 200 && status < 400) {
      return target;
    }
  }
  return undefined;
}
