import type { PythonContainer } from '../container/python-container';
import type { Architecture } from './architecture';

/** Options of `DeployWorkflow`. */
export interface DeployWorkflowOptions {
  /** The image that is built and deployed. */
  readonly container: PythonContainer;

  /**
   * Branch whose pushes are deployed.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * GitHub environment that deployments run in: its approvals and its variables apply.
   *
   * The image is built and pushed outside of it, before anybody approves. So the push role must trust the branch: give
   * `EcrPipeline` of `@paebbl/ecr-pipeline` both, `branch` and `environment`.
   *
   * @default - none
   */
  readonly environment?: string;

  /**
   * Processor that the image is for: that of the hosts.
   *
   * @default Architecture.ARM64
   */
  readonly architecture?: Architecture;

  /**
   * Whether GitHub attests where the image comes from and what it holds.
   *
   * For private repositories GitHub does so on its Enterprise Cloud plan only: the step would fail, and nothing be deployed.
   *
   * @default true
   */
  readonly attestations?: boolean;

  /**
   * Start of the tag that an image gets once it is live, before the commit: what keeps it from expiring.
   *
   * The same as `releasedTagPrefix` of `EcrPipeline`, else its rules protect nothing and the live image expires.
   *
   * @default 'released-'
   */
  readonly releasedTagPrefix?: string;

  /**
   * Version of Node.js that the commands run on.
   *
   * @default '24'
   */
  readonly nodeVersion?: string;

  /**
   * Version of Python that the commands run on.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;

  /**
   * Command that installs what the other commands need.
   *
   * @default 'npm ci'
   */
  readonly installCommand?: string;

  /**
   * Command that runs all tests.
   *
   * @default 'npm test'
   */
  readonly testCommand?: string;

  /**
   * Minutes after which the tests are given up, from 1 to 360: installing what they need is part of it.
   *
   * @default 30
   */
  readonly testTimeoutMinutes?: number;

  /**
   * Folder of the CDK app: there `npx cdk synth` writes its templates, which pull requests are compared by.
   *
   * @default '.'
   */
  readonly infraDirectory?: string;

  /**
   * Name of the stack with the app, deployed before the image when its template is another one than the deployed one.
   *
   * The deploy role needs `grantCdkDeploy()` of `@paebbl/ecr-pipeline` for it: the trusted branch or environment becomes as
   * powerful as the roles of the CDK's bootstrap stack, usually an administrator.
   *
   * @default - the workflow deploys images only
   */
  readonly infrastructureStack?: string;

  /**
   * Command that builds what the CDK app, `rolloutCommand` and `notifyCommand` need.
   *
   * @default - nothing has to be built
   */
  readonly buildCommand?: string;

  /**
   * Command that builds what `rolloutCommand` needs and no more, where the job that deploys synthesizes nothing.
   *
   * @default - `buildCommand`
   */
  readonly rolloutBuildCommand?: string;

  /**
   * Command that builds what `notifyCommand` needs and no more. The less it is, the less can keep the message from being told.
   *
   * @default - `buildCommand`
   */
  readonly notifyBuildCommand?: string;

  /**
   * How `ecs-rollout` is called, without its arguments.
   *
   * @default - `npx` with the version of `@paebbl/ecs-ec2-service` that this package was published with
   */
  readonly rolloutCommand?: string;

  /**
   * How `slack-notify` is called, without its arguments.
   *
   * @default - `npx` with the version of `@paebbl/slack-notify` that this package was published with
   */
  readonly notifyCommand?: string;
}
