import type {
  PreAuthenticationTriggerEvent,
  PreSignUpTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
} from 'aws-lambda';
import { GROUPS_ATTRIBUTE } from '../../src/access-guard-contract';

/** The events that the guard is asked with. */
export type TriggerEvent = PreSignUpTriggerEvent | PreAuthenticationTriggerEvent | PreTokenGenerationV2TriggerEvent;

/** Whether Cognito is about to make tokens, for a new session or for one that is renewed. */
export function makesToken(event: TriggerEvent): event is PreTokenGenerationV2TriggerEvent {
  return event.triggerSource.startsWith('TokenGeneration_');
}

/** Groups of the user pool and those that a company's provider named, each once. */
export function groupsOf({ request }: TriggerEvent): string[] {
  const pool = 'groupConfiguration' in request ? (request.groupConfiguration.groupsToOverride ?? []) : [];
  return [...new Set([...pool, ...parseGroups(request.userAttributes[`custom:${GROUPS_ATTRIBUTE}`])])];
}

/** Cognito writes a claim with several values as text: `[a, b]` of OpenID providers, `a,b` of SAML providers. */
function parseGroups(text = ''): string[] {
  const inner = text.trim().replace(/^\[(.*)\]$/s, '$1');
  return inner
    .split(',')
    .map((group) => group.trim().replace(/^"(.*)"$/s, '$1'))
    .filter((group) => group !== '');
}
