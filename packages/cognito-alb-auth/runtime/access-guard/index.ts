import { ACCESS_POLICY_ENVIRONMENT } from '../../src/access-guard-contract';
import { refusal } from './decide';
import { parsePolicy } from './parse-policy';
import { groupsOf, makesToken, type TriggerEvent } from './trigger-event';

/** Runs for Cognito before sign-up, sign-in and every token. An error that it throws is what the visitor reads. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  const policy = parsePolicy(process.env[ACCESS_POLICY_ENVIRONMENT]);
  const groups = groupsOf(event, policy);
  if (!makesToken(event)) {
    // Groups of the user pool are only told when a token is made; before that, the e-mail address alone is looked at.
    refuseIf(refusal({ ...policy, groups: [] }, event, groups));
    return event;
  }
  refuseIf(refusal(policy, event, groups));
  // So that the app finds the groups of a company's provider where it finds those of the user pool.
  event.response = { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: groups } } };
  return event;
}

function refuseIf(reason: string | undefined): void {
  if (reason) {
    throw new Error(reason);
  }
}
