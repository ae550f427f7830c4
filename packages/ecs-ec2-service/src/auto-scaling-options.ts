/** How many tasks run, by what they do. */
export interface AutoScalingOptions {
  /**
   * Tasks at least. May be a token.
   *
   * @default 1
   */
  readonly minTasks?: number;

  /** Tasks at most. The hosts must have room for twice as many during a rollout: see `hosts.max`. */
  readonly maxTasks: number;

  /**
   * CPU that tasks should use on average, in percent.
   *
   * @default 60
   */
  readonly cpuPercent?: number;

  /**
   * Memory that tasks should use on average, in percent. Many Python apps never give memory back: then it only scales out.
   *
   * @default - not by memory
   */
  readonly memoryPercent?: number;
}
