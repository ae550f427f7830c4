/** Another place that every pushed image is copied to. */
export interface Replica {
  /** Region that the images are copied to, e.g. `eu-west-1`. */
  readonly region: string;

  /**
   * Account that the images are copied to. Its registry must allow it (`ecr.CfnRegistryPolicy` there).
   *
   * @default - the account of the repository
   */
  readonly account?: string;
}
