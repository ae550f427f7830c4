import type { AssemblyStack, CloudAssembly } from '../assembly/cloud-assembly';
import { withItsDoor } from '../assembly/shared-door';
import { TemplateRefusal } from '../errors';
import { Resolver } from '../template/resolver';
import { type AppContainer, readAppContainer } from './app-container';
import type { Authentication } from './authentication';
import { type Company, readCompanies } from './companies';
import type { FrontDoor } from './front-door-model';
import { readFrontDoor } from './listener';
import { findPublicOrigin } from './public-origin';
import type { TargetGroup } from './target-group';
import {
  type MachineClient,
  type PoolClient,
  readMachineClients,
  readPoolClient,
  readUserPool,
  type UserPool,
} from './user-pool';

/** Everything that the preview runs, read from one stack. */
export interface PreviewModel {
  readonly door: FrontDoor;
  readonly authentications: readonly Authentication[];
  readonly targetGroups: readonly TargetGroup[];
  /** Undefined if no rule signs anyone in. */
  readonly userPool: UserPool | undefined;
  readonly clients: ReadonlyMap<string, PoolClient>;
  /** Programs that get tokens for themselves. */
  readonly machines: readonly MachineClient[];
  /** Companies' own sign-in, by the name that Cognito knows it by. */
  readonly companies: readonly Company[];
  readonly publicOrigin: string;
  readonly container: AppContainer;
  readonly resolver: Resolver;
  /** Sentences on what differs from AWS, for the person who starts the preview. */
  readonly notes: readonly string[];
}

/** Reads the front door, the people's way in, and the app of a stack. */
export function readPreviewModel(
  assembly: CloudAssembly,
  stack: AssemblyStack,
  overrides: ReadonlyMap<string, string>,
): PreviewModel {
  const resolver = new Resolver(withItsDoor(assembly, stack), assembly);
  const door = readFrontDoor(resolver);
  const gates = door.rules.flatMap((rule) => rule.gates);
  const authentications = gates.flatMap((gate) => (gate.type === 'authenticate' ? [gate.authentication] : []));
  const pools = new Set(authentications.flatMap(({ poolName }) => poolName ?? []));
  const issuers = new Set(authentications.map(({ issuer }) => issuer));
  if (issuers.size > 1) {
    throw new TemplateRefusal(
      'Resources',
      `the preview signs people in with one provider, got: ${[...issuers].join(', ')}`,
    );
  }
  const clients = new Map(
    authentications.flatMap(({ poolClientName }) =>
      poolClientName ? [[poolClientName, readPoolClient(resolver, poolClientName, 'code')] as const] : [],
    ),
  );
  const answers = door.rules.map((rule) => rule.answer);
  const targetGroups = unique(
    answers.flatMap((answer) => (answer.type === 'forward' ? answer.targets.map(({ group }) => group) : [])),
  );
  const appGroups = new Set(targetGroups.filter(({ type }) => type === 'app').map(({ name }) => name));
  if (appGroups.size === 0) {
    throw new TemplateRefusal(`Resources.${door.listenerName}`, 'no rule of the listener forwards to an app');
  }
  const container = readAppContainer(resolver, appGroups, overrides);
  const userPool = [...pools].map((name) => readUserPool(resolver, name))[0] ?? findExternalPool(authentications);
  const companies = readCompanies(resolver, userPool, [...clients.values()]);
  return {
    door,
    authentications,
    targetGroups,
    userPool,
    clients,
    machines: userPool ? readMachineClients(resolver, userPool.id) : [],
    companies,
    publicOrigin: findPublicOrigin(resolver, [...clients.values()]),
    container,
    resolver,
    notes: [
      ...doorNotes(door, resolver),
      ...(userPool?.notes ?? []),
      ...companies.map(({ name }) => `A local provider plays ${name}.`),
      ...container.notes,
    ],
  };
}

/** A pool of another stack: what it demands is not known here, which is said. */
function findExternalPool(authentications: readonly Authentication[]): UserPool | undefined {
  const [found] = authentications.filter(({ externalPool }) => externalPool);
  return (
    found?.externalPool && {
      name: found.externalPool.id,
      ...found.externalPool,
      issuer: found.issuer,
      triggers: new Map(),
      notes: [
        `The user pool ${found.externalPool.id} is not part of the stack: its triggers and settings are not in the preview.`,
      ],
    }
  );
}

function unique(groups: TargetGroup[]): TargetGroup[] {
  return [...new Map(groups.map((group) => [group.name, group])).values()];
}

function doorNotes(door: FrontDoor, resolver: Resolver): string[] {
  const open = door.rules.filter((rule) => rule.answer.type === 'forward' && rule.gates.length === 0);
  const notes = open.flatMap((rule) =>
    rule.answer.type === 'forward' && rule.answer.targets.some(({ group }) => group.type === 'app')
      ? [`The rule ${rule.name} lets everyone through to the app without signing in.`]
      : [],
  );
  if (door.rules.some((rule) => rule.conditions.some(({ field }) => field === 'source-ip'))) {
    notes.push('A rule looks at the address of the visitor, which is always this machine in the preview.');
  }
  if (!door.attributes.dropInvalidHeaders) {
    notes.push('The load balancer does not drop invalid header fields: names with an underscore reach the app.');
  }
  if (resolver.resources('AWS::WAFv2::WebACLAssociation').length > 0) {
    notes.push('The web application firewall (WAF) is not part of the preview.');
  }
  return notes;
}
