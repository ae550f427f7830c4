import type * as ecs from 'aws-cdk-lib/aws-ecs';

/** A volume of the task, and where the app finds it. */
export interface VolumeMount {
  /** The volume: a folder of the host, an EFS file system, or any other that ECS knows. */
  readonly volume: ecs.Volume;

  /** Absolute path in the container. */
  readonly containerPath: string;

  /**
   * The app may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
