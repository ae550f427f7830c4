import { pinned } from './action-pins';
import { build, checkout, install, languages, RUNNER } from './common-steps';
import { imageRunner } from './image-job';
import type { Settings } from './settings';
import type { Job, Step } from './workflow-file';

/** The image is built and thrown away: a pull request pushes nothing. */
export function buildOnlyJob(settings: Settings): Job {
  return {
    name: 'Image',
    'runs-on': imageRunner(settings),
    'timeout-minutes': 30,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      { name: 'Set up BuildKit', uses: pinned('docker/setup-buildx-action') },
      {
        name: 'Build',
        uses: pinned('docker/build-push-action'),
        with: { context: settings.context, platforms: `linux/${settings.architecture}`, push: false },
      },
    ],
  };
}

/**
 * What the change does to the infrastructure: the templates before and after, compared without an AWS account.
 *
 * A role for pull requests would let code that nobody has reviewed read the account.
 */
export function diffJob(settings: Settings): Job {
  const inFolder = (path: string, steps: Step[]): Step[] =>
    steps.map((step) => ({ ...step, name: `${step.name} (${path})`, 'working-directory': path }));
  const infra = settings.infraDirectory === '.' ? '' : `/${settings.infraDirectory}`;
  const synth = (path: string): Step => ({
    name: `Synthesize (${path})`,
    'working-directory': `${path}${infra}`,
    run: `npx cdk synth --quiet --output "$RUNNER_TEMP/${path}"`,
  });
  const templatesOf = (path: string): Step[] => [
    ...inFolder(path, [install(settings), ...build(settings.buildCommand)]),
    synth(path),
  ];
  return {
    name: 'Infrastructure',
    'runs-on': RUNNER,
    'timeout-minutes': 20,
    permissions: { contents: 'read' },
    steps: [
      { ...checkout({ path: 'after' }), name: 'Check out the change' },
      {
        ...checkout({ path: 'before', ref: '${{ github.event.pull_request.base.sha }}' }),
        name: 'Check out what it is based on',
      },
      ...languages(settings),
      // The first change has nothing before it, and one that repairs the stacks has something broken before it.
      ...templatesOf('before').map((step) => ({ ...step, 'continue-on-error': true })),
      ...templatesOf('after'),
      { name: 'Compare', 'working-directory': `after${infra}`, run: COMPARE },
    ],
  };
}

/** Nested stacks have a template of their own, but are compared with the stack that they are part of. */
const COMPARE = [
  'empty=$RUNNER_TEMP/empty.json',
  'echo \'{}\' >"$empty"',
  'if [ ! -f "$RUNNER_TEMP/before/manifest.json" ]; then',
  '  rm -rf "$RUNNER_TEMP/before"',
  '  echo "What this is based on does not synthesize, so everything is shown as new." >>"$GITHUB_STEP_SUMMARY"',
  'fi',
  'for template in "$RUNNER_TEMP"/after/*.template.json; do',
  '  case $template in *.nested.template.json) continue ;; esac',
  '  stack=$(basename "$template" .template.json)',
  '  before=$RUNNER_TEMP/before/$stack.template.json',
  '  [ -f "$before" ] || before=$empty',
  '  echo "## $stack" >>"$GITHUB_STEP_SUMMARY"',
  '  npx cdk diff --app "$RUNNER_TEMP/after" --exclusively --template "$before" "$stack" 2>&1 | tee "$RUNNER_TEMP/diff"',
  '  { echo \'```\'; cat "$RUNNER_TEMP/diff"; echo \'```\'; } >>"$GITHUB_STEP_SUMMARY"',
  'done',
  'for template in "$RUNNER_TEMP"/before/*.template.json; do',
  '  case $template in *.nested.template.json) continue ;; esac',
  '  stack=$(basename "$template" .template.json)',
  '  if [ ! -f "$template" ] || [ -f "$RUNNER_TEMP/after/$stack.template.json" ]; then continue; fi',
  '  { echo "## $stack"; echo "No longer part of the app. What is deployed of it stays until it is destroyed."; } >>"$GITHUB_STEP_SUMMARY"',
  'done',
].join('\n');
