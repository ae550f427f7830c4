import type { AccessPolicy } from './access-guard-contract';
import type { IdentityProvider } from './identity-provider';
import { requireForm, requireThat } from './validation';

/**
 * Who may come in, of all who can sign in. With both lists, both must agree.
 */
export interface AllowList {
  /**
   * Parts of e-mail addresses behind the `@`, like `example.com`. Subdomains are domains of their own.
   *
   * @default - any e-mail address
   */
  readonly emailDomains?: string[];

  /**
   * Groups, one of which is enough: groups of the user pool, or those that a provider with `groupsClaim` names (of Entra
   * ID their object ids).
   *
   * @default - any group, or none
   */
  readonly groups?: string[];
}

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** @throws Error when a list is empty, which would let everyone in or nobody, or has a value that no user can have */
export function validateAllowList(allow: AllowList | undefined): void {
  if (!allow) {
    return;
  }
  const { emailDomains, groups } = allow;
  requireThat(Boolean(emailDomains || groups), 'allow', "have 'emailDomains' or 'groups'", allow);
  requireThat(emailDomains?.length !== 0, 'allow.emailDomains', 'have at least one domain', emailDomains);
  requireThat(groups?.length !== 0, 'allow.groups', 'have at least one group', groups);
  for (const domain of emailDomains ?? []) {
    requireForm(domain, 'allow.emailDomains', DOMAIN, 'be domains in lower case without @, like example.com');
  }
  for (const group of groups ?? []) {
    requireForm(
      group,
      'allow.groups',
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}]([\p{L}\p{M}\p{S}\p{N}\p{P} ]{0,126}[\p{L}\p{M}\p{S}\p{N}\p{P}])?$/u,
      'be names of 1 to 128 characters',
    );
    // A provider's list of groups arrives as text that is cut at commas.
    requireForm(group, 'allow.groups', /^[^,[\]"]+$/, 'be names without commas, brackets and quotation marks');
  }
}

export function accessPolicy(allow: AllowList = {}, providers: IdentityProvider[] = []): AccessPolicy {
  const { emailDomains = [], groups = [] } = allow;
  const openProviders = providers.filter((provider) => provider._anybody).map(({ name }) => name);
  const groupProviders = providers.filter((provider) => provider._namesGroups).map(({ name }) => name);
  return {
    emailDomains,
    groups,
    ...(openProviders.length > 0 ? { openProviders } : {}),
    ...(groupProviders.length > 0 ? { groupProviders } : {}),
  };
}
