import { pinned } from '../packages/projen-viz-app/src/workflow/action-pins';
import type { Job } from '../packages/projen-viz-app/src/workflow/workflow-file';
import { versions } from './versions';
import { checkout, checkoutHistory, dotnet, go, java, node, python, reading, run } from './workflow-steps';

/**
 * Says which version is to be released: the newest one in CHANGELOG.md, if it has no tag yet. A release that failed
 * half-way is run again at its own commit, which then has the tag.
 */
export function planJob(): Job {
  return {
    name: 'Plan',
    ...reading,
    'timeout-minutes': 10,
    outputs: { version: '${{ steps.plan.outputs.version }}' },
    steps: [
      checkoutHistory(),
      {
        ...run(
          'Look for a version that is not released yet',
          `version=$(sed -nE '/^## [0-9]+\\.[0-9]+\\.[0-9]+ \\(/{s/^## ([0-9.]+) .*/\\1/p;q}' CHANGELOG.md)`,
          'tagged=$(git rev-parse --verify --quiet "refs/tags/v$version^{commit}" || true)',
          'if [ -z "$version" ]; then',
          '  echo "CHANGELOG.md names no release yet." >>"$GITHUB_STEP_SUMMARY"',
          'elif [ -n "$tagged" ] && [ "$tagged" != "$GITHUB_SHA" ]; then',
          '  echo "$version is released already." >>"$GITHUB_STEP_SUMMARY"',
          'else',
          '  echo "$version is to be released." >>"$GITHUB_STEP_SUMMARY"',
          '  echo "version=$version" >>"$GITHUB_OUTPUT"',
          'fi',
        ),
        id: 'plan',
      },
    ],
  };
}

export function testJob(): Job {
  return {
    name: 'Test',
    needs: ['plan'],
    if: "needs.plan.outputs.version != ''",
    ...reading,
    'timeout-minutes': 45,
    steps: [
      checkout(),
      node,
      python,
      run('Install', 'npm ci'),
      { ...run('Test', 'bash .ci/run'), env: { CI: 'true' } },
    ],
  };
}

/** Builds and packs once, for every language. The jobs that may publish only publish what this one made. */
export function packJob(): Job {
  return {
    name: 'Pack',
    needs: ['plan', 'test'],
    ...reading,
    'timeout-minutes': 60,
    steps: [
      checkoutHistory(),
      node,
      python,
      java,
      go,
      dotnet,
      run('Install', 'npm ci', `python3 -m pip install --quiet build==${versions.pythonBuild}`),
      run('Write the version into the packages', 'npm run release:stamp'),
      run('Build', 'npm run build'),
      run('Look for known vulnerabilities', 'npm run audit'),
      run(
        'Look for known vulnerabilities in Python packages',
        `python3 -m pip install --quiet pip-audit==${versions.pipAudit}`,
        'pip-audit --strict --disable-pip --require-hashes --requirement apps/paebbl-viz/container/requirements.lock',
        'pip-audit --strict packages/alb-identity-python',
      ),
      run('Compare with what is published', 'npm run compat'),
      run('Pack', 'npm run release:pack', 'npm run --silent release:notes >dist/NOTES.md'),
      {
        name: 'Keep the packages for the jobs that publish them',
        uses: pinned('actions/upload-artifact'),
        with: { name: 'packages', path: 'dist', 'if-no-files-found': 'error', 'retention-days': 30 },
      },
    ],
  };
}

/** Tells a pull request that it breaks users, unless one of its commits says so. */
export function compatibilityJob(): Job {
  return {
    name: 'Public APIs',
    ...reading,
    steps: [
      checkoutHistory(),
      node,
      run('Install', 'npm ci'),
      run('Build', 'npm run build'),
      run('Compare with what is published', 'npm run compat'),
    ],
  };
}
