import { Component, type Project } from 'projen';
import type { DeployWorkflowOptions } from './deploy-workflow-options';
import { imageJob } from './image-job';
import { deployJob, testJob } from './jobs';
import { notifyJob } from './notify-job';
import { buildOnlyJob, diffJob } from './pull-request-jobs';
import { type Settings, settingsOf } from './settings';
import { type Job, WorkflowFile } from './workflow-file';

/**
 * The two workflows of a repository: one tests a pull request, one deploys a push.
 *
 * No key is stored anywhere, every job has the permissions it needs, every action is pinned by commit, and two pushes
 * never deploy at the same time. Where to deploy is read from repository variables.
 *
 * @throws Error `'prop' must <rule>, got: <value>`
 */
export class DeployWorkflow extends Component {
  constructor(project: Project, options: DeployWorkflowOptions) {
    super(project);
    const settings = settingsOf(project, options);
    this.addPullRequest(settings);
    this.addDeploy(settings);
  }

  private addPullRequest(settings: Settings): void {
    new WorkflowFile(this.project, 'pull-request.yml', {
      name: 'pull-request',
      on: { pull_request: { branches: [settings.branch] } },
      ...common,
      // A newer push makes the older run worthless.
      concurrency: { group: 'pull-request-${{ github.ref }}', 'cancel-in-progress': true },
      jobs: { test: testJob(settings), image: buildOnlyJob(settings), infrastructure: diffJob(settings) },
    });
  }

  private addDeploy(settings: Settings): void {
    const jobs: Record<string, Job> = {
      test: testJob(settings),
      image: imageJob(settings),
      deploy: deployJob(settings),
      notify: notifyJob(settings),
    };
    new WorkflowFile(this.project, 'deploy.yml', {
      name: 'deploy',
      on: { push: { branches: [settings.branch] } },
      ...common,
      // One after the other: an older image must not overtake a newer one, and a rollout must not be cut off.
      concurrency: { group: 'deploy', 'cancel-in-progress': false },
      jobs,
    });
  }
}

const common = {
  // None, but what a job asks for.
  permissions: {},
  // A failure anywhere in a pipe is a failure.
  defaults: { run: { shell: 'bash' } },
};
