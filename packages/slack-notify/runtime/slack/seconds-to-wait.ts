/** What Slack asks for when it is busy: a second at least, also where it names no time. */
export function secondsToWait(retryAfter: string | null | undefined): number {
  return Math.max(1, Number.parseInt(retryAfter ?? '', 10) || 1);
}
