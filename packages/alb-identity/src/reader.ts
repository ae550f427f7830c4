/** Somebody who signed in, as far as the load balancer and the user pool vouch for it. */
export interface Reader {
  /** Never changes, and is nobody else's: what to store. */
  readonly subject: string;
  /** What to show. */
  readonly email?: string;
  /** Empty unless the verifier was told to verify groups. */
  readonly groups: readonly string[];
  /** Everything that the load balancer says. */
  readonly claims: Readonly<Record<string, unknown>>;
}
