import { pinned } from '../packages/projen-viz-app/src/workflow/action-pins';
import type { Job } from '../packages/projen-viz-app/src/workflow/workflow-file';
import { versions } from './versions';
import { appToken, checkout, node, python, reading, run } from './workflow-steps';

/**
 * Every week a pull request with newer dependencies, within the ranges that .projenrc.ts gives.
 *
 * The job that runs other people's code has no right to write; the one that writes runs none of it.
 */
export function upgradeJobs(): Record<string, Job> {
  return {
    upgrade: {
      name: 'Upgrade',
      ...reading,
      outputs: { changed: '${{ steps.changes.outputs.changed }}' },
      steps: [
        checkout(),
        node,
        python,
        run('Install', 'npm ci', `python3 -m pip install --quiet uv==${versions.uv}`),
        run('Upgrade what npm installs', 'npm update --no-audit --no-fund'),
        run('Upgrade what pip installs', 'node scripts/upgrade-python.mjs'),
        run('Generate', 'npx projen'),
        {
          ...run(
            'Keep the difference',
            'git diff --binary >"$RUNNER_TEMP/upgrade.patch"',
            'if [ -s "$RUNNER_TEMP/upgrade.patch" ]; then echo "changed=true" >>"$GITHUB_OUTPUT"; fi',
          ),
          id: 'changes',
        },
        {
          name: 'Hand it over',
          if: "steps.changes.outputs.changed == 'true'",
          uses: pinned('actions/upload-artifact'),
          with: { name: 'upgrade', path: '${{ runner.temp }}/upgrade.patch', 'retention-days': 7 },
        },
      ],
    },
    propose: {
      name: 'Propose',
      needs: ['upgrade'],
      if: "needs.upgrade.outputs.changed == 'true'",
      ...reading,
      // Not that of releases, whose reviewer would have to approve every Monday.
      environment: 'upgrade',
      steps: [
        checkout(),
        {
          name: 'Get the difference',
          uses: pinned('actions/download-artifact'),
          with: { name: 'upgrade', path: '${{ runner.temp }}' },
        },
        run('Apply it', 'git apply --index "$RUNNER_TEMP/upgrade.patch"'),
        appToken({ 'permission-contents': 'write', 'permission-pull-requests': 'write' }),
        {
          name: 'Open the pull request',
          uses: pinned('peter-evans/create-pull-request'),
          with: {
            token: '${{ steps.token.outputs.token }}',
            branch: 'upgrade',
            title: 'chore: upgrade dependencies',
            'commit-message': 'chore: upgrade dependencies',
            body: 'Newer dependencies, within the ranges of `.projenrc.ts` and `pyproject.toml`. The checks say whether they fit.',
            'delete-branch': true,
          },
        },
      ],
    },
  };
}
