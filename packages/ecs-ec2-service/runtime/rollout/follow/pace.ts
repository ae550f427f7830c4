import type { ServiceDeployment } from '@aws-sdk/client-ecs';

/** How long nothing decisive can happen, in milliseconds. */
const BRISK = 1_900;
const CALM = 6_000;
/** Before a bake time may end, the brisk pace is back. */
const BAKE_MARGIN = 10_000;

/**
 * Time until the next look. A verdict may be due at any moment, so this is under 2 s, except where a stage has a known
 * length or waits for a person.
 *
 * @param stageSince when the present stage was first seen, in milliseconds since 1970
 */
export function pause(deployment: ServiceDeployment | undefined, stageSince: number, now: number): number {
  if (deployment?.status !== 'IN_PROGRESS') {
    return BRISK;
  }
  if (deployment.lifecycleHookDetails?.some((hook) => hook.status === 'AWAITING_ACTION')) {
    return CALM;
  }
  if (deployment.lifecycleStage === 'BAKE_TIME') {
    const minutes = deployment.deploymentConfiguration?.bakeTimeInMinutes ?? 0;
    const left = stageSince + minutes * 60_000 - BAKE_MARGIN - now;
    return Math.max(BRISK, Math.min(CALM, left));
  }
  return BRISK;
}
