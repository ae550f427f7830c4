/** How other services of the namespace reach this one. */
export interface ServiceConnectOptions {
  /**
   * Name that other services use: `http://<alias>:<port>`.
   *
   * @default - the service's name, or else the container's
   */
  readonly alias?: string;

  /**
   * Port that other services use.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Namespace to be known in, by its name.
   *
   * @default - the cluster's
   */
  readonly namespace?: string;
}
