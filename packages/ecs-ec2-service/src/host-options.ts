import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Duration, Size } from 'aws-cdk-lib/core';
import type { HostOperatingSystem } from './host-operating-system';
import type { SpotMix } from './spot-mix';

/** The machines that tasks run on. */
export interface HostOptions {
  /**
   * Size of the hosts.
   *
   * Each task takes a network interface of its own, and the first one of a host is the host's. So a `t4g.small` (three
   * interfaces) carries two tasks: the running one and its successor during a rollout.
   *
   * @default t4g.small - 2 vCPU, 2 GiB, Graviton
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Hosts that always stand.
   *
   * @default 1
   */
  readonly min?: number;

  /**
   * Hosts at most. At least one more than `min`, so that a host can be replaced without stopping tasks first.
   *
   * @default - one more than `min`
   */
  readonly max?: number;

  /**
   * Disk of each host: the operating system (about 3 GiB), images, and what containers write. Encrypted gp3.
   *
   * @default Size.gibibytes(30)
   */
  readonly diskSize?: Size;

  /**
   * Age at which a host is replaced by a fresh one with the newest image of the operating system. Tasks move first.
   *
   * From 1 to 365 days. Source: Amazon EC2 Auto Scaling, "Replace Auto Scaling instances based on maximum instance
   * lifetime".
   *
   * @default Duration.days(30)
   */
  readonly lifetime?: Duration;

  /**
   * What runs on the hosts.
   *
   * @default HostOperatingSystem.AMAZON_LINUX_2023
   */
  readonly operatingSystem?: HostOperatingSystem;

  /**
   * Uses spare capacity where there is any.
   *
   * @default - on-demand hosts only
   */
  readonly spot?: SpotMix;

  /**
   * Stopped hosts that are ready to start in seconds instead of minutes, for the price of their disks. Not with `spot`.
   *
   * @default 0
   */
  readonly warm?: number;

  /**
   * How full hosts should be before another one starts, in percent. Less keeps room free. From 1 to 100.
   *
   * @default 100
   */
  readonly targetCapacityPercent?: number;
}
