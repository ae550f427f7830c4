import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ISharedFrontDoor } from './i-shared-front-door';
import { DOOR_USAGE, type Limit, limitsOf, type Usage } from './quotas';
import { requireThat } from './validation';

export interface RegisteredApp {
  readonly domainName: string;
  readonly slot: number;
  readonly usage: Usage;
}

/** Apps by the door that they stand behind, and by the user pool, for each CDK app. */
const registers = new WeakMap<IConstruct, Map<string, RegisteredApp[]>>();

/**
 * Notes down that an app stands behind a door.
 *
 * Only apps of one CDK app know each other. Those of another repository meet in AWS, which refuses a priority or an address
 * that is taken and leaves everything as it was.
 *
 * @throws Error when the slot or the address is taken, or the door or its user pool is full
 */
export function register(scope: IConstruct, door: ISharedFrontDoor, app: RegisteredApp): void {
  const name = door.doorName;
  const apps = appsOf(scope, `door ${name}`);
  const namesake = apps.some(({ domainName }) => domainName === app.domainName);
  requireThat(!namesake, 'domainName', `be the address of one app on the door '${name}'`, app.domainName);
  const taken = apps.find(({ slot }) => slot === app.slot);
  requireThat(
    !taken,
    'slot',
    `be free on the door '${name}', and ${taken?.domainName} has it: give ${app.domainName} ${freeSlot(apps)}`,
    app.slot,
  );
  // A door that is imported has another token for its pool in each stack, so its own apps are counted in any case.
  const sharingPool = appsOf(scope, `pool ${door.userPoolId}`);
  apps.push(app);
  sharingPool.push(app);
  for (const [what, { limit, ofPool, next }] of Object.entries(limitsOf(door.quotas)) as [keyof Usage, Limit][]) {
    const count = (counted: RegisteredApp[]) => counted.reduce((sum, { usage }) => sum + usage[what], DOOR_USAGE[what]);
    const used = Math.max(count(apps), ofPool ? count(sharingPool) : 0);
    requireThat(
      used <= limit,
      'frontDoor',
      `have ${limit} ${WORDS[what]} at most: ${next}`,
      `${used} with ${app.domainName}`,
    );
  }
}

function appsOf(scope: IConstruct, what: string): RegisteredApp[] {
  const { account, region } = Stack.of(scope);
  const lists = registers.get(scope.node.root) ?? new Map<string, RegisteredApp[]>();
  registers.set(scope.node.root, lists);
  const key = [account, region, what].join('/');
  const apps = lists.get(key) ?? [];
  lists.set(key, apps);
  return apps;
}

const WORDS: Record<keyof Usage, string> = {
  rules: 'rules',
  targetGroups: 'target groups',
  certificates: 'further certificates',
  resourceServers: 'resource servers',
  userPoolClients: 'clients',
  styles: 'apps with sign-in pages of their own',
};

function freeSlot(apps: readonly RegisteredApp[]) {
  const taken = new Set(apps.map(({ slot }) => slot));
  return Array.from({ length: 199 }, (_, index) => index + 1).find((slot) => !taken.has(slot));
}
