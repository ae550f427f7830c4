import { Component } from 'projen';
import { WorkflowFile } from '../packages/projen-viz-app/src/workflow/workflow-file';
import type { Monorepo } from './monorepo';
import { compatibilityJob } from './release-build-jobs';
import { releaseJobs } from './release-jobs';
import { upgradeJobs } from './release-upgrade-jobs';
import { common } from './workflow-steps';

/**
 * How the packages are published, and how what they depend on is kept up to date: npm scripts and three workflows.
 *
 * projen's own release classes write a version per project, from the tags, and no line of a changelog that a person wrote.
 */
export class Releases extends Component {
  constructor(repo: Monorepo) {
    super(repo);
    for (const step of ['bump', 'stamp', 'notes', 'pack']) {
      repo.package.setScript(`release:${step}`, `tsx scripts/release/main.ts ${step}`);
    }
    for (const check of ['compat', 'audit']) {
      repo.package.setScript(check, `tsx scripts/release/main.ts ${check}`);
    }

    new WorkflowFile(repo, 'release.yml', {
      name: 'release',
      on: { push: { branches: ['main'] }, workflow_dispatch: {} },
      ...common,
      // One after the other, and never cut off: what is published stays published.
      concurrency: { group: 'release', 'cancel-in-progress': false },
      jobs: releaseJobs(repo.repositoryUrl),
    });
    new WorkflowFile(repo, 'compatibility.yml', {
      name: 'compatibility',
      on: { pull_request: { branches: ['main'] } },
      ...common,
      concurrency: { group: 'compatibility-${{ github.ref }}', 'cancel-in-progress': true },
      jobs: { compatibility: compatibilityJob() },
    });
    new WorkflowFile(repo, 'upgrade.yml', {
      name: 'upgrade',
      on: { schedule: [{ cron: '17 4 * * 1' }], workflow_dispatch: {} },
      ...common,
      concurrency: { group: 'upgrade', 'cancel-in-progress': false },
      jobs: upgradeJobs(),
    });
  }
}
