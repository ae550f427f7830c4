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

/** How much there may be of what is counted. */
export interface Limit {
  readonly limit: number;
  /** Whether it is counted over all doors that share a user pool. */
  readonly ofPool: boolean;
  /** What to do when it is met. */
  readonly next: string;
}

/** Limits by the name of what is counted. */
export function limitsOf(quotas: FrontDoorQuotas): Record<keyof Usage, Limit> {
  const raise = (name: string) => `have the quota '${name}' raised and say so in 'quotas'`;
  const ofDoor = (limit: number, next: string) => ({ limit, ofPool: false, next });
  const ofPool = (limit: number, next: string) => ({ limit, ofPool: true, next });
  const secondDoor = 'or make a second door';
  const secondPool = 'or make a second door with a user pool of its own';
  return {
    rules: ofDoor(quotas.rules ?? 100, `${raise('Rules per Application Load Balancer')}, ${secondDoor}`),
    targetGroups: ofDoor(
      FIXED_QUOTAS.targetGroups,
      "make a second SharedFrontDoor that takes this one's pool as 'existingUserPool'",
    ),
    certificates: ofDoor(
      quotas.certificates ?? 25,
      `${raise('Certificates per Application Load Balancer')}, ${secondDoor}`,
    ),
    resourceServers: ofPool(quotas.resourceServers ?? 25, `${raise('Resource servers per user pool')}, ${secondPool}`),
    userPoolClients: ofPool(quotas.userPoolClients ?? 1000, `${raise('App clients per user pool')}, ${secondPool}`),
    styles: ofPool(FIXED_QUOTAS.styles, "leave 'ownSignInPages' off"),
  };
}
