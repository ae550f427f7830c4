/**
 * Why the load balancer finds a task unhealthy, in its own words, or undefined when a service event says nothing about that.
 *
 * Words: Amazon ECS Developer Guide, "Amazon ECS service event messages"; reasons: Elastic Load Balancing, "Target health status".
 */
export function healthReason(message: string): string | undefined {
  const [, reason] = /is unhealthy in .*?due to \(?reason:? ([^)]*[^).\s])/i.exec(message) ?? [];
  return reason;
}

/** What to do about it. */
export function healthNextStep(reason: string): string {
  const [, codes] = /codes?:? \[([\d, ]+)\]/i.exec(reason) ?? [];
  if (codes) {
    return `The health path answers ${codes}: let it answer 200, or tell the target group which codes are good.`;
  }
  if (/timed? ?out/i.test(reason)) {
    return 'Nobody answers in time: check that the app listens on 0.0.0.0 and its port, and is ready within the grace period.';
  }
  return 'Check that the app answers the health path with 200 on its port, and within the grace period.';
}
