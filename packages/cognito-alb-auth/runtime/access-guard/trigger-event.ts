import type {
  PreAuthenticationTriggerEvent,
  PreSignUpTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
} from 'aws-lambda';
import { type AccessPolicy, GROUPS_ATTRIBUTE } from '../../src/access-guard-contract';
import { comesFrom } from './comes-from';
import { parseGroups } from './parse-groups';

/** The events that the guard is asked with. */
export type TriggerEvent = PreSignUpTriggerEvent | PreAuthenticationTriggerEvent | PreTokenGenerationV2TriggerEvent;

/** Whether Cognito is about to make tokens, for a new session or for one that is renewed. */
export function makesToken(event: TriggerEvent): event is PreTokenGenerationV2TriggerEvent {
  return event.triggerSource.startsWith('TokenGeneration_');
}

/** Groups of the user pool and those that a company's provider named, each once. */
export function groupsOf({ request, userName }: TriggerEvent, { groupProviders = [] }: AccessPolicy): string[] {
  const pool = 'groupConfiguration' in request ? (request.groupConfiguration.groupsToOverride ?? []) : [];
  const named = comesFrom(groupProviders, userName) ? request.userAttributes[`custom:${GROUPS_ATTRIBUTE}`] : undefined;
  return [...new Set([...pool, ...parseGroups(named)])];
}
