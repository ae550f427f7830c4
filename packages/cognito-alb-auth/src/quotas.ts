import type { FrontDoorQuotas } from './front-door-quotas';

/** What AWS raises for nobody. */
export const FIXED_QUOTAS = {
  /** Target groups of a load balancer. */
  targetGroups: 100,
  /** Styles of a user pool's newer sign-in pages. */
  styles: 20,
} as const;

/** What an app, or the door itself, takes of each quota. */
export interface Usage {
  readonly rules: number;
  readonly targetGroups: number;
  readonly certificates: number;
  readonly resourceServers: number;
  readonly userPoolClients: number;
  readonly styles: number;
}

/** The door's own: sign-out's target group, its two rules, and three that refuse forged headers. */
export const DOOR_USAGE: Usage = {
  rules: 5,
  targetGroups: 1,
  certificates: 0,
  resourceServers: 0,
  userPoolClients: 0,
  styles: 0,
};

/** Limits by the name of what is counted, with what to do when one is met. */
export function limitsOf(
  quotas: FrontDoorQuotas,
): Record<keyof Usage, { readonly limit: number; readonly next: string }> {
  const raise = (name: string) => `have the quota '${name}' raised and say so in 'quotas', or make a second door`;
  const secondDoor = "make a second SharedFrontDoor that takes this one's pool as 'existingUserPool'";
  return {
    rules: { limit: quotas.rules ?? 100, next: raise('Rules per Application Load Balancer') },
    targetGroups: { limit: FIXED_QUOTAS.targetGroups, next: secondDoor },
    certificates: { limit: quotas.certificates ?? 25, next: raise('Certificates per Application Load Balancer') },
    resourceServers: { limit: quotas.resourceServers ?? 25, next: raise('Resource servers per user pool') },
    userPoolClients: { limit: quotas.userPoolClients ?? 1000, next: raise('App clients per user pool') },
    styles: { limit: FIXED_QUOTAS.styles, next: "leave 'ownSignInPages' off" },
  };
}
