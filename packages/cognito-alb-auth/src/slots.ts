import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib/core';
import type { RuleKind } from './door-rules';
import { requireInteger, requireThat } from './validation';

/**
 * Where an app's rules stand among those of all apps of a door.
 *
 * Priorities run from 1 to 50,000. They are cut into lines of 2,000: a rule's kind decides its line, the app's slot the
 * place within. So two apps never meet, and a path that is added to one app moves none of its other rules (moving a rule
 * to a priority that is still taken is what CloudFormation fails on).
 */
const FIRST = 1000;
export const SLOTS = 2000;
/** Slots below are for people to give, those from here on are made from names. */
const DERIVED_FROM = 200;

/** Lines of each kind, in the order in which the load balancer must look at them. */
const LINES: Record<Exclude<RuleKind, 'forged'> | 'signOut' | 'app', number> = {
  signOut: 1,
  escapes: 10,
  machines: 3,
  open: 4,
  api: 4,
  scripts: 1,
  app: 1,
};
export type SlotKind = keyof typeof LINES;

/** What a prop may be called that leads to too many rules of a kind. */
const CAUSES: Record<SlotKind, string> = {
  signOut: 'frontDoor',
  escapes: 'publicPaths',
  machines: 'machineAccess.paths',
  open: 'publicPaths',
  api: 'apiPaths',
  scripts: 'frontDoor',
  app: 'frontDoor',
};

/** The slot that was given, or one made from the app's address: the same for the same address, wherever it is made. */
export function slotOf(domainName: string, given: number | undefined): number {
  if (given !== undefined) {
    requireInteger(given, 'slot', 1, DERIVED_FROM - 1);
    return given;
  }
  requireThat(!Token.isUnresolved(domainName), 'slot', "be given when 'domainName' is only known at deployment", given);
  const number = createHash('sha256').update(domainName).digest().readUInt32BE(0);
  return DERIVED_FROM + (number % (SLOTS - DERIVED_FROM));
}

/** Priority of a rule of an app. */
export function slotPriority(slot: number, kind: SlotKind, index: number): number {
  requireThat(index < LINES[kind], CAUSES[kind], `lead to ${LINES[kind]} rules at most on a shared door`, index + 1);
  const kinds = Object.keys(LINES) as SlotKind[];
  const line = kinds.slice(0, kinds.indexOf(kind)).reduce((sum, before) => sum + LINES[before], 0) + index;
  return FIRST + line * SLOTS + slot;
}
