/** What the construct writes into the environment of the guard, and the guard reads: JSON of `AccessPolicy`. */
export const ACCESS_POLICY_ENVIRONMENT = 'ACCESS_POLICY';

/** Attribute of a user that holds the groups that a company's provider names. */
export const GROUPS_ATTRIBUTE = 'groups';

/** Who may come in. An empty list means: everyone, as far as this list is concerned. */
export interface AccessPolicy {
  /** Parts behind the `@`, in lower case. */
  readonly emailDomains: readonly string[];
  /** One of these groups is enough. */
  readonly groups: readonly string[];
  /**
   * Providers at which anybody can have an account: their address must be one that they call verified.
   *
   * Of a company's own provider the directory vouches for the address. Cognito calls all of those unverified unless a claim
   * says otherwise, and Entra ID and SAML have no such claim.
   */
  readonly openProviders?: readonly string[];
  /**
   * Providers that name groups. Of everybody else the attribute with the groups is not looked at: nobody wrote it who may
   * say who belongs to a group.
   */
  readonly groupProviders?: readonly string[];
}
