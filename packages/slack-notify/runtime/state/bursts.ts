import { createHash } from 'node:crypto';
import { type Item, inDays, type Table } from './table';

/** A burst at one of its ends. */
export interface BurstEnd {
  readonly id: string;
  /** When the burst began, ISO 8601: tells it from an earlier one of the same kind. */
  readonly since: string;
  /** How often it was summed up already. */
  readonly round: number;
}

/** What was counted since the last sum. */
export interface BurstSum {
  readonly fresh: string[];
  /** All since the burst began, the first included. */
  readonly total: number;
  /** The last of them, as it was handed in. */
  readonly last: string;
}

/**
 * Counts alike events: the first of them opens a burst and is told, the others only counted, until nothing came for a while.
 *
 * Events are counted by their ids, so one that is delivered again counts once.
 */
export class Bursts {
  public constructor(
    private readonly table: Table,
    private readonly seconds: number,
  ) {}

  /**
   * @param notice kept until the sum, unless a later one comes
   * @returns the burst when this event opens it, undefined when it was counted
   */
  public async count(name: string, eventId: string, notice: string): Promise<BurstEnd | undefined> {
    // Hashed: what comes from outside may be longer than a key.
    const id = `burst#${createHash('sha256').update(name).digest('hex')}`;
    const now = Date.now();
    for (let attempt = 0; attempt < 3; attempt++) {
      const item = await this.table.update(
        id,
        'ADD ids :event SET opener = if_not_exists(opener, :id), since = if_not_exists(since, :since), ' +
          'sums = if_not_exists(sums, :zero), counted = if_not_exists(counted, :zero), ' +
          'sumAt = if_not_exists(sumAt, :sumAt), latest = :last, expires = :expires',
        {
          ':event': { SS: [eventId] },
          ':id': { S: eventId },
          ':since': { S: new Date(now).toISOString() },
          ':zero': { N: '0' },
          ':last': { S: notice },
          ':sumAt': { N: String(now + this.seconds * 1000) },
          ':expires': inDays(1),
        },
        // Nobody came to sum up an old burst: it must not silence what happens now.
        {
          expression: 'attribute_not_exists(id) OR sumAt > :stale',
          values: { ':stale': { N: String(now - this.seconds * 3000) } },
        },
      );
      if (item) {
        return item.opener?.S === eventId && item.sums?.N === '0'
          ? { id, since: item.since?.S ?? '', round: 0 }
          : undefined;
      }
      await this.table.delete(id, {
        expression: 'sumAt <= :stale',
        values: { ':stale': { N: String(now - this.seconds * 3000) } },
      });
    }
    throw new Error('A burst changed three times while it was counted.');
  }

  /** @returns what is to be summed up, or undefined when the burst is over or was summed up already */
  public async sum(end: BurstEnd): Promise<BurstSum | undefined> {
    for (;;) {
      const item = await this.table.get(end.id);
      if (!item || item.since?.S !== end.since || Number(item.sums?.N) !== end.round) {
        return undefined;
      }
      const fresh = freshEvents(item);
      if (fresh.length > 0) {
        const total = Number(item.counted?.N) + fresh.length + (end.round === 0 ? 1 : 0);
        return { fresh, total, last: item.latest?.S ?? '' };
      }
      const size = item.ids?.SS?.length;
      const unchanged = size === undefined ? 'attribute_not_exists(ids)' : 'size(ids) = :size';
      const over = await this.table.delete(end.id, {
        expression: `since = :since AND sums = :round AND ${unchanged}`,
        values: {
          ':since': { S: end.since },
          ':round': { N: String(end.round) },
          ...(size === undefined ? {} : { ':size': { N: String(size) } }),
        },
      });
      if (over) {
        return undefined;
      }
    }
  }

  /** Forgets what was summed up, and goes on counting. */
  public async continue(end: BurstEnd, { fresh, total }: BurstSum): Promise<void> {
    await this.table.update(
      end.id,
      'DELETE ids :fresh SET sums = :next, counted = :total, sumAt = :sumAt, expires = :expires',
      {
        ':fresh': { SS: fresh },
        ':next': { N: String(end.round + 1) },
        ':total': { N: String(total) },
        ':sumAt': { N: String(Date.now() + this.seconds * 1000) },
        ':expires': inDays(1),
      },
      {
        expression: 'since = :since AND sums = :round',
        values: { ':since': { S: end.since }, ':round': { N: String(end.round) } },
      },
    );
  }
}

function freshEvents(item: Item): string[] {
  return (item.ids?.SS ?? []).filter((id) => id !== item.opener?.S);
}
