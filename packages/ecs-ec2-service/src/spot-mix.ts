import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Hosts from spare capacity, up to 90 % cheaper, that AWS may take back with two minutes' notice. Tasks move then. */
export interface SpotMix {
  /**
   * Hosts that are never Spot: the first ones.
   *
   * @default 0
   */
  readonly onDemandHosts?: number;

  /**
   * Other types that may be used, of the same CPU architecture and at least the same size: the more, the rarer all are
   * taken back at once.
   *
   * @default - none
   */
  readonly otherTypes?: ec2.InstanceType[];
}
