import { inDays, type Table } from './table';

/** EventBridge and SQS deliver again within four days at most. */
const REMEMBERED_DAYS = 7;

/** `mine`: nobody has begun to post it. `told`: done. `unfinished`: begun, and nobody knows how it ended. */
export type Claim = 'mine' | 'told' | 'unfinished';

/** Remembers which messages were posted, so that an event that is delivered twice is told once. */
export class Claims {
  public constructor(private readonly table: Table) {}

  /** To be called before posting. */
  public async claim(id: string): Promise<Claim> {
    const key = `told#${id}`;
    if (await this.table.put({ id: { S: key }, state: { S: 'begun' }, expires: inDays(REMEMBERED_DAYS) })) {
      return 'mine';
    }
    const item = await this.table.get(key);
    return item?.outcome ? 'told' : 'unfinished';
  }

  /** It was posted, or given up for good. */
  public async finish(id: string, outcome: string): Promise<void> {
    await this.table.update(`told#${id}`, 'SET outcome = :outcome', { ':outcome': { S: outcome } });
  }

  /** It was surely not posted: whoever tries again may. */
  public async release(id: string): Promise<void> {
    await this.table.delete(`told#${id}`);
  }
}
