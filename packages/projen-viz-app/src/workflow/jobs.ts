import { assume, checkout, commandSteps, install, languages, RUNNER } from './common-steps';
import { tagImage } from './image-job';
import { infrastructureStep, synthSteps } from './infrastructure-steps';
import { fromVariables, requireVariables, type Settings } from './settings';
import type { Job } from './workflow-file';

export function testJob(settings: Settings): Job {
  return {
    name: 'Test',
    'runs-on': RUNNER,
    'timeout-minutes': settings.testTimeoutMinutes,
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
    needs: ['test', 'image'],
    'runs-on': RUNNER,
    'timeout-minutes': 60,
    ...(settings.environment ? { environment: settings.environment } : {}),
    permissions: { contents: 'read', 'id-token': 'write' },
    outputs: {
      outcome: '${{ steps.rollout.outputs.outcome }}',
      reason: '${{ steps.rollout.outputs.reason }}',
      seconds: '${{ steps.rollout.outputs.seconds }}',
      // Of the environment, maybe, whose variables the job that tells does not see.
      service: '${{ vars.ECS_SERVICE }}',
    },
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
      ...(settings.infrastructureStack ? synthSteps(settings) : commandSteps(settings, settings.rolloutBuildCommand)),
      assume('AWS_DEPLOY_ROLE_ARN'),
      ...(settings.infrastructureStack ? [infrastructureStep(settings)] : []),
      {
        name: 'Roll out',
        id: 'rollout',
        run: [
          `${settings.rolloutCommand} deploy --cluster "$ECS_CLUSTER" --service "$ECS_SERVICE" \\`,
          '  --image "$ECR_REPOSITORY_URI@$DIGEST" --release-parameter "$RELEASED_IMAGE_PARAMETER" --min-desired-count 1',
        ].join('\n'),
      },
      { name: 'Keep the released image', run: tagImage(`${settings.releasedTagPrefix}$GITHUB_SHA`) },
    ],
  };
}
