/** What runs on the hosts. AWS keeps both up to date; a host starts from the newest image. */
export enum HostOperatingSystem {
  /** The ECS-optimized Amazon Linux 2023. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** A small system for containers alone: no shell, no package manager, a read-only root. */
  BOTTLEROCKET = 'BOTTLEROCKET',
}
