import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { FrontDoorQuotas } from './front-door-quotas';
import { DOOR_USAGE, limitsOf, type Usage } from './quotas';
import { requireThat } from './validation';

export interface RegisteredApp {
  readonly domainName: string;
  readonly slot: number;
  readonly usage: Usage;
}

/** Apps by the door that they stand behind, for each CDK app. */
const registers = new WeakMap<IConstruct, Map<string, RegisteredApp[]>>();

/**
 * Notes down that an app stands behind a door.
 *
 * Only apps of one CDK app know each other. Those of another repository meet in AWS, which refuses a priority or an address
 * that is taken and leaves everything as it was.
 *
 * @throws Error when the slot or the address is taken, or the door is full
 */
export function register(scope: IConstruct, door: string, app: RegisteredApp, quotas: FrontDoorQuotas): void {
  const { account, region } = Stack.of(scope);
  const doors = registers.get(scope.node.root) ?? new Map<string, RegisteredApp[]>();
  registers.set(scope.node.root, doors);
  const key = [account, region, door].join('/');
  const apps = doors.get(key) ?? [];
  doors.set(key, apps);

  const namesake = apps.some(({ domainName }) => domainName === app.domainName);
  requireThat(!namesake, 'domainName', `be the address of one app on the door '${door}'`, app.domainName);
  const taken = apps.find(({ slot }) => slot === app.slot);
  requireThat(
    !taken,
    'slot',
    `be free on the door '${door}', and ${taken?.domainName} has it: give ${app.domainName} ${freeSlot(apps)}`,
    app.slot,
  );
  apps.push(app);
  for (const [what, { limit, next }] of Object.entries(limitsOf(quotas)) as [
    keyof Usage,
    ReturnType<typeof limitsOf>['rules'],
  ][]) {
    const used = apps.reduce((sum, { usage }) => sum + usage[what], DOOR_USAGE[what]);
    requireThat(
      used <= limit,
      'frontDoor',
      `have ${limit} ${WORDS[what]} at most: ${next}`,
      `${used} with ${app.domainName}`,
    );
  }
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
