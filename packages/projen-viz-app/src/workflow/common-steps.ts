import { pinned } from './action-pins';
import type { Settings } from './settings';
import type { Step } from './workflow-file';

/** The machine that jobs run on. */
export const RUNNER = 'ubuntu-24.04';

/** The source, without leaving a token behind that a later step could use. */
export function checkout(options: Record<string, string> = {}): Step {
  return { name: 'Check out', uses: pinned('actions/checkout'), with: { 'persist-credentials': false, ...options } };
}

/** Node.js and Python. Nothing is cached between runs: a cache is a way into the next run. */
export function languages({ nodeVersion, pythonVersion }: Settings): Step[] {
  return [
    {
      name: 'Set up Node.js',
      uses: pinned('actions/setup-node'),
      with: { 'node-version': nodeVersion, 'package-manager-cache': false },
    },
    { name: 'Set up Python', uses: pinned('actions/setup-python'), with: { 'python-version': pythonVersion } },
  ];
}

/** Credentials for one role, for an hour at most, without any stored key. */
export function assume(roleVariable: 'AWS_PUSH_ROLE_ARN' | 'AWS_DEPLOY_ROLE_ARN'): Step {
  return {
    name: 'Get credentials of the role',
    uses: pinned('aws-actions/configure-aws-credentials'),
    with: {
      'role-to-assume': `\${{ vars.${roleVariable} }}`,
      'aws-region': '${{ vars.AWS_REGION }}',
      'role-session-name': 'github-${{ github.run_id }}',
    },
  };
}

export function install({ installCommand }: Settings): Step {
  return { name: 'Install', run: installCommand };
}

/** What a command of this repository's own needs; elsewhere nothing. */
export function build(command: string | undefined): Step[] {
  return command ? [{ name: 'Build', run: command }] : [];
}

/** What it takes to call one command: nothing but Node.js, unless it is built here. */
export function commandSteps(settings: Settings, buildCommand: string | undefined): Step[] {
  const [node] = languages(settings);
  return buildCommand ? [checkout(), node, install(settings), ...build(buildCommand)] : [node];
}
