import { ACCESS_POLICY_ENVIRONMENT, type AccessPolicy } from '../../src/access-guard-contract';

/** Reads the policy that the construct wrote. One that cannot be read lets nobody in. */
export function parsePolicy(json: string | undefined): AccessPolicy {
  if (!json) {
    throw new Error(`'${ACCESS_POLICY_ENVIRONMENT}' must be set in the environment`);
  }
  const { emailDomains, groups, openProviders = [], groupProviders = [] } = JSON.parse(json) as Partial<AccessPolicy>;
  if (!isTexts(emailDomains) || !isTexts(groups) || !isTexts(openProviders) || !isTexts(groupProviders)) {
    throw new Error(`'${ACCESS_POLICY_ENVIRONMENT}' must have lists of domains, groups and providers`);
  }
  return { emailDomains, groups, openProviders, groupProviders };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
}
