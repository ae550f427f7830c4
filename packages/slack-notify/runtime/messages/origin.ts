import type { AwsEvent } from './aws-event';

/** Where and when, for the last line of a message. */
export function originOf({ account, region, time }: AwsEvent): string[] {
  return [region, account && `account ${account}`, readableTime(time)].filter(Boolean);
}

/** `2026-03-05T15:54:41Z` as `2026-03-05 15:54:41 UTC`; anything else as it is. */
export function readableTime(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
