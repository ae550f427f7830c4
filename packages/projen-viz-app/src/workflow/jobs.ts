import { assume, build, checkout, install, languages, RUNNER } from './common-steps';
import { tagImage } from './image-job';
import { infrastructureStep, synthSteps } from './infrastructure-steps';
import { fromVariables, requireVariables, type Settings } from './settings';
import type { Job, Step } from './workflow-file';

export function testJob(settings: Settings): Job {
  return {
    name: 'Test',
    'runs-on': RUNNER,
    'timeout-minutes': 30,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      ...languages(settings),
      install(settings),
      { name: 'Test', env: { CI: 'true' }, run: settings.testCommand },
    ],
  };
}

/** Rolls the image out, and once it is live protects it from expiring. */
export function deployJob(settings: Settings): Job {
  return {
    name: 'Deploy',
    needs: ['image'],
    'runs-on': RUNNER,
    'timeout-minutes': 60,
    ...(settings.environment ? { environment: settings.environment } : {}),
    permissions: { contents: 'read', 'id-token': 'write' },
    env: {
      ...fromVariables('ECR_REPOSITORY_URI', 'ECS_CLUSTER', 'ECS_SERVICE', 'RELEASED_IMAGE_PARAMETER'),
      DIGEST: '${{ needs.image.outputs.digest }}',
    },
    steps: [
      requireVariables(
        'AWS_REGION',
        'AWS_DEPLOY_ROLE_ARN',
        'ECR_REPOSITORY_URI',
        'ECS_CLUSTER',
        'ECS_SERVICE',
        'RELEASED_IMAGE_PARAMETER',
      ),
      ...(settings.infrastructureStack ? synthSteps(settings) : commandSteps(settings)),
      assume('AWS_DEPLOY_ROLE_ARN'),
      ...(settings.infrastructureStack ? [infrastructureStep(settings)] : []),
      {
        name: 'Roll out',
        run: [
          `${settings.rolloutCommand} deploy --cluster "$ECS_CLUSTER" --service "$ECS_SERVICE" \\`,
          '  --image "$ECR_REPOSITORY_URI@$DIGEST" --release-parameter "$RELEASED_IMAGE_PARAMETER" --min-desired-count 1',
        ].join('\n'),
      },
      { name: 'Keep the released image', run: tagImage('released-$GITHUB_SHA') },
    ],
  };
}

/**
 * Tells how it ended, whatever happened, unless nobody is to be told.
 *
 * Not in the environment of the deployment: there it would wait for the same approval, and tell nothing when it is refused.
 */
export function notifyJob(settings: Settings): Job {
  const results = "join(needs.*.result, ' ')";
  return {
    name: 'Notify',
    needs: ['test', 'image', 'deploy'],
    if: 'always()',
    'runs-on': RUNNER,
    'timeout-minutes': 10,
    permissions: { contents: 'read' },
    steps: [
      ...commandSteps(settings),
      {
        name: 'Tell the channel',
        env: { SLACK_WEBHOOK_URL: '${{ secrets.SLACK_WEBHOOK_URL }}', RESULTS: `\${{ ${results} }}` },
        run: [
          'case " $RESULTS " in',
          '  *" failure "*) status=failure ;;',
          '  *" cancelled "* | *" skipped "*) status=cancelled ;;',
          '  *) status=success ;;',
          'esac',
          `${settings.notifyCommand} send --status "$status"`,
        ].join('\n'),
      },
    ],
  };
}

/** What it takes to call the two commands: nothing but Node.js, unless they are built here. */
function commandSteps(settings: Settings): Step[] {
  const [node] = languages(settings);
  return settings.buildCommand ? [checkout(), node, install(settings), ...build(settings)] : [node];
}
