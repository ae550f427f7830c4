import { join, relative } from 'node:path';
import type { Project } from 'projen';
import { requireForm, requireThat } from '../validation';
import { ownVersion } from '../versions';
import { Architecture } from './architecture';
import type { DeployWorkflowOptions } from './deploy-workflow-options';

/** Repository variables that say where to deploy. None of them is a secret, and none has a default that could be wrong. */
export const VARIABLES = {
  AWS_REGION: 'region of the deployment, e.g. us-east-1',
  AWS_PUSH_ROLE_ARN: 'role that pushes: the output PushRoleArn of the pipeline stack',
  AWS_DEPLOY_ROLE_ARN: 'role that deploys: the output DeployRoleArn of the pipeline stack',
  ECR_REPOSITORY_URI: 'image repository: the output RepositoryUri of the pipeline stack',
  ECS_CLUSTER: 'name of the cluster',
  ECS_SERVICE: 'name of the service',
  RELEASED_IMAGE_PARAMETER:
    'SSM parameter of the live image: the output ReleasedImageParameterName of the pipeline stack',
} as const;

export type Variable = keyof typeof VARIABLES;

type Optional = 'environment' | 'buildCommand' | 'rolloutBuildCommand' | 'notifyBuildCommand' | 'infrastructureStack';

const COMMANDS = [
  'installCommand',
  'testCommand',
  'buildCommand',
  'rolloutBuildCommand',
  'notifyBuildCommand',
  'rolloutCommand',
  'notifyCommand',
] as const;

/** The options with their defaults, and the folder of the Dockerfile. */
export interface Settings
  extends Required<Omit<DeployWorkflowOptions, Optional | 'container'>>,
    Pick<DeployWorkflowOptions, Optional> {
  readonly context: string;
}

/** @throws Error `'prop' must <rule>, got: <value>` */
export function settingsOf(project: Project, { container, ...options }: DeployWorkflowOptions): Settings {
  requireForm(options.branch, 'branch', /^[\w./-]+$/, 'be the name of one branch, without wildcards');
  requireForm(options.environment, 'environment', /^[^*?]{1,255}$/, 'be the name of one environment');
  requireForm(options.nodeVersion, 'nodeVersion', /^\d+(\.\d+){0,2}$/, 'be a version such as 24');
  requireForm(options.pythonVersion, 'pythonVersion', /^3\.\d+(\.\d+)?$/, 'be a version such as 3.13');
  requireForm(
    options.infrastructureStack,
    'infrastructureStack',
    /^[A-Za-z][\w-]{0,127}$/,
    'be the name of one stack, without wildcards',
  );
  requireForm(
    options.releasedTagPrefix,
    'releasedTagPrefix',
    /^\w[\w.-]{0,80}$/,
    'have 1 to 81 letters, digits and ._-, and start with none of .-',
  );
  const { testTimeoutMinutes: minutes = 30 } = options;
  requireThat(
    Number.isInteger(minutes) && minutes >= 1 && minutes <= 360,
    'testTimeoutMinutes',
    'be a whole number from 1 to 360',
    minutes,
  );
  for (const prop of COMMANDS) {
    requireThat(
      !options[prop]?.includes('${{'),
      prop,
      'hold no GitHub expression, which could run what others wrote',
      options[prop],
    );
  }
  return {
    branch: 'main',
    architecture: Architecture.ARM64,
    nodeVersion: '24',
    pythonVersion: '3.13',
    attestations: true,
    releasedTagPrefix: 'released-',
    installCommand: 'npm ci',
    testCommand: 'npm test',
    testTimeoutMinutes: 30,
    infraDirectory: '.',
    rolloutCommand: `npx --yes --package=@paebbl/ecs-ec2-service@${ownVersion()} ecs-rollout`,
    notifyCommand: `npx --yes --package=@paebbl/slack-notify@${ownVersion()} slack-notify`,
    rolloutBuildCommand: options.buildCommand,
    notifyBuildCommand: options.buildCommand,
    // An option that is passed as undefined has its default, too.
    ...(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as typeof options),
    context: relative(project.outdir, join(container.project.outdir, container.directory)) || '.',
  };
}

/** `env:` with these variables: a script reads `$NAME`, so that no value is ever part of a script's text. */
export function fromVariables(...names: Variable[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `\${{ vars.${name} }}`]));
}

/** Fails with the name of the variable that is missing, instead of somewhere later. */
export function requireVariables(...names: Variable[]) {
  return {
    name: 'Check that the repository variables are set',
    env: fromVariables(...names),
    run: names.map((name) => `: "\${${name}:?is not set: ${VARIABLES[name]}}"`).join('\n'),
  };
}
