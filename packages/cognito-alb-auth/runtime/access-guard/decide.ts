import type { AccessPolicy } from '../../src/access-guard-contract';
import { comesFrom } from './comes-from';

/** Who asks, as every trigger tells it. */
interface User {
  readonly userName: string;
  readonly request: { readonly userAttributes: Readonly<Record<string, string | undefined>> };
}

/** The sentence with which somebody is turned away, or undefined. It does not tell which list was missed. */
export function refusal(policy: AccessPolicy, user: User, groups: readonly string[]): string | undefined {
  const inDomain = policy.emailDomains.length === 0 || isOf(policy, user);
  const inGroup = policy.groups.length === 0 || policy.groups.some((group) => groups.includes(group));
  return inDomain && inGroup
    ? undefined
    : 'You are signed in, but this app is not open to you. Ask the team that runs it to let you in.';
}

function isOf({ emailDomains, openProviders = [] }: AccessPolicy, user: User): boolean {
  const attributes = user.request.userAttributes;
  // Exactly one @, nothing that a mail server or a log could read in another way.
  const [, domain] = /^[^\s@,;<>"]+@([^\s@,;<>"]+)$/.exec(attributes.email ?? '') ?? [];
  if (domain === undefined || !emailDomains.includes(domain.toLowerCase())) {
    return false;
  }
  // Colleagues with a password were invited by address, and a company's directory knows its people. Where anybody can have
  // an account, an address that is not verified is only a claim.
  return !comesFrom(openProviders, user.userName) || attributes.email_verified?.toLowerCase() === 'true';
}
