import { pinned } from '../packages/projen-viz-app/src/workflow/action-pins';
import type { Job, Step } from '../packages/projen-viz-app/src/workflow/workflow-file';
import { versions } from './versions';

/** Of every workflow. */
export const common = {
  // None, but what a job asks for.
  permissions: {},
  // A failure anywhere in a pipe is a failure.
  defaults: { run: { shell: 'bash' } },
};

/** Whom commits of a workflow are by. */
export const bot = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** A job that needs nothing but to read the source. */
export const reading = {
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': 30,
  permissions: { contents: 'read' },
} satisfies Partial<Job>;

/** The source, without leaving a token behind that a later step could use. */
export const checkout = (options: Record<string, string | number> = {}): Step => ({
  name: 'Check out',
  uses: pinned('actions/checkout'),
  with: { 'persist-credentials': false, ...options },
});

/** With all commits and tags: they decide the version, and whether something may break. */
export const checkoutHistory = () => checkout({ 'fetch-depth': 0 });

/** Nothing is cached between runs: a cache is a way into the next run. */
export const node: Step = {
  name: 'Set up Node.js',
  uses: pinned('actions/setup-node'),
  with: { 'node-version': versions.workflowNode, 'package-manager-cache': false },
};
export const python: Step = {
  name: 'Set up Python',
  uses: pinned('actions/setup-python'),
  with: { 'python-version': versions.workflowPython },
};
export const java: Step = {
  name: 'Set up Java',
  uses: pinned('actions/setup-java'),
  with: { distribution: 'temurin', 'java-version': versions.workflowJava },
};
export const go: Step = {
  name: 'Set up Go',
  uses: pinned('actions/setup-go'),
  with: { 'go-version': versions.workflowGo, cache: false },
};
export const dotnet: Step = {
  name: 'Set up .NET',
  uses: pinned('actions/setup-dotnet'),
  with: { 'dotnet-version': versions.workflowDotnet },
};

export const run = (name: string, ...lines: string[]): Step => ({ name, run: lines.join('\n') });

/** What the job that packs has made. */
export const download: Step = {
  name: 'Get the packages',
  uses: pinned('actions/download-artifact'),
  with: { name: 'packages', path: 'dist' },
};

/** A token of the team's GitHub App. What it pushes starts workflows, which a workflow's own token does not. */
export function appToken(rights: Record<string, string>): Step {
  return {
    name: 'Get a token of the app',
    id: 'token',
    uses: pinned('actions/create-github-app-token'),
    with: {
      'client-id': '${{ vars.RELEASE_APP_CLIENT_ID }}',
      'private-key': '${{ secrets.RELEASE_APP_PRIVATE_KEY }}',
      ...rights,
    },
  };
}
