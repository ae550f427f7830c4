import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/call';
import { inDays, type Table } from './table';

/** Longer than a dead letter is kept: moved back at its end, it must not be told twice. */
const REMEMBERED_DAYS = 15;

/**
 * `mine`: nobody has begun to post it. `told`: done. `given-up`: it is in the dead-letter queue. `unfinished`: begun, and
 * nobody knows how it ended.
 */
export type Claim = 'mine' | 'told' | 'given-up' | 'unfinished';

/** What became of it: `refused` was surely not posted, `unknown` may have been. */
export type Settled = 'told' | 'refused' | 'unknown';

/** Remembers which messages were posted, so that an event that is delivered twice is told once. */
export class Claims {
  public constructor(private readonly table: Table) {}

  /**
   * To be called before posting.
   *
   * @param again somebody wants it tried again: one that was refused may be
   */
  public async claim(id: string, again = false): Promise<Claim> {
    const key = `told#${id}`;
    // When the answer to the first try got lost, the second one finds what the first one wrote.
    const owner = randomUUID();
    const put = () =>
      this.table.put(
        { id: { S: key }, state: { S: 'begun' }, claimedBy: { S: owner }, expires: inDays(REMEMBERED_DAYS) },
        again ? { expression: 'outcome = :refused', values: { ':refused': { S: 'refused' } } } : undefined,
      );
    if (await put().catch((error) => (isNoAnswer(error) ? put() : Promise.reject(error)))) {
      return 'mine';
    }
    const item = await this.table.get(key);
    if (item?.claimedBy?.S === owner) {
      return 'mine';
    }
    return item?.outcome ? (item.outcome.S === 'told' ? 'told' : 'given-up') : 'unfinished';
  }

  /** It was posted, or given up. */
  public async finish(id: string, outcome: Settled): Promise<void> {
    await this.table.update(`told#${id}`, 'SET outcome = :outcome', { ':outcome': { S: outcome } });
  }

  /** It was surely not posted: whoever tries again may. */
  public async release(id: string): Promise<void> {
    await this.table.delete(`told#${id}`);
  }
}

function isNoAnswer(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'NoAnswer';
}
