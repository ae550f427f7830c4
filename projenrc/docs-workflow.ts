import { Component } from 'projen';
import { pinned } from '../packages/projen-viz-app/src/workflow/action-pins';
import { type Job, WorkflowFile } from '../packages/projen-viz-app/src/workflow/workflow-file';
import type { Monorepo } from './monorepo';
import { bot, checkout, common, node, reading, run } from './workflow-steps';

/**
 * Publishes the docs of `main` as the repository's GitHub Pages, from the branch `gh-pages`.
 *
 * The job that builds runs other people's code and has no right to write; the one that writes runs none of it.
 */
export class DocsWorkflow extends Component {
  constructor(repo: Monorepo) {
    super(repo);
    const name = repo.repositoryUrl.split('/').at(-1);
    new WorkflowFile(repo, 'docs.yml', {
      name: 'docs',
      on: { push: { branches: ['main'] }, workflow_dispatch: {} },
      ...common,
      concurrency: { group: 'docs', 'cancel-in-progress': false },
      jobs: { build: buildJob(`/${name}/`), publish: publishJob() },
    });
  }
}

/** @param base path that the site is served at */
function buildJob(base: string): Job {
  return {
    name: 'Build',
    ...reading,
    steps: [
      checkout(),
      node,
      run('Install', 'npm ci'),
      run('Build', `npm run docs:site -- --base=${base}`),
      {
        name: 'Hand it over',
        uses: pinned('actions/upload-artifact'),
        with: { name: 'site', path: 'docs/site/dist', 'retention-days': 7 },
      },
    ],
  };
}

function publishJob(): Job {
  return {
    name: 'Publish',
    needs: ['build'],
    ...reading,
    'timeout-minutes': 10,
    permissions: { contents: 'write' },
    steps: [
      { name: 'Get the site', uses: pinned('actions/download-artifact'), with: { name: 'site', path: 'site' } },
      {
        ...run(
          'Publish',
          'cd site',
          // Else Pages takes it for a site of Jekyll's and leaves files out.
          'touch .nojekyll',
          'git init --quiet --initial-branch=gh-pages',
          'git add --all',
          `git -c user.name="${bot.name}" -c user.email="${bot.email}" \\`,
          '  commit --quiet --message "docs: $GITHUB_SHA"',
          'git push --quiet --force "https://x-access-token:$GH_TOKEN@github.com/$GITHUB_REPOSITORY.git" gh-pages',
        ),
        env: { GH_TOKEN: '${{ github.token }}' },
      },
    ],
  };
}
