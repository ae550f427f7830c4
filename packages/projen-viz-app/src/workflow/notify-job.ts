import { commandSteps, RUNNER } from './common-steps';
import type { Settings } from './settings';
import type { Job } from './workflow-file';

/** Where to tell, and how the jobs before ended: success, failure, cancelled or skipped. */
const KNOWN = {
  SLACK_WEBHOOK_URL: '${{ secrets.SLACK_WEBHOOK_URL }}',
  TEST: '${{ needs.test.result }}',
  IMAGE: '${{ needs.image.result }}',
  DEPLOY: '${{ needs.deploy.result }}',
};

/**
 * Tells how it ended and why, whatever happened, unless nobody is to be told.
 *
 * Not in the environment of the deployment: there it would wait for the same approval, and tell nothing when it is refused.
 */
export function notifyJob(settings: Settings): Job {
  const { environment, notifyCommand, notifyBuildCommand } = settings;
  return {
    name: 'Notify',
    needs: ['test', 'image', 'deploy'],
    if: 'always()',
    'runs-on': RUNNER,
    'timeout-minutes': 10,
    permissions: { contents: 'read' },
    steps: [
      ...commandSteps(settings, notifyBuildCommand),
      {
        name: 'Tell the channel',
        env: {
          ...KNOWN,
          OUTCOME: '${{ needs.deploy.outputs.outcome }}',
          REASON: '${{ needs.deploy.outputs.reason }}',
          TOOK: '${{ needs.deploy.outputs.seconds }}',
          SERVICE: '${{ needs.deploy.outputs.service || vars.ECS_SERVICE }}',
          ...(environment ? { ENVIRONMENT: environment } : {}),
        },
        run: [
          ...STATUS_AND_REASON,
          `${notifyCommand} send --status "$status" --reason="$reason$REASON" --seconds="$TOOK" \\`,
          `  \${SERVICE:+--service="$SERVICE"}${environment ? ' --environment="$ENVIRONMENT"' : ''}`,
        ].join('\n'),
      },
      {
        name: 'Tell it in one line, as the message could not be made',
        if: 'failure() || cancelled()',
        env: KNOWN,
        run: ONE_LINE,
      },
    ],
  };
}

/** A job that takes too long is one that GitHub cancels. */
const STATUS_AND_REASON = [
  'case " $TEST $IMAGE $DEPLOY " in',
  '  *" failure "*) status=failure ;;',
  '  *" cancelled "* | *" skipped "*) status=cancelled ;;',
  '  *) status=success ;;',
  'esac',
  'reason=',
  'for job in "Test $TEST" "Image $IMAGE" "Deploy $DEPLOY"; do',
  '  case $job in',
  '    *" failure") reason+="The job ${job% *} failed. " ;;',
  '    *" cancelled") reason+="The job ${job% *} was cancelled or took too long. " ;;',
  '  esac',
  'done',
  'if [ "$DEPLOY $OUTCOME" = "failure succeeded" ]; then',
  '  reason+="The image is live, but is not marked as released: repeat the job, or it expires."',
  'fi',
];

/**
 * Where even the tool that tells does not install, build or start. Nothing but curl, which gets the address from its input:
 * others on the machine can read arguments.
 */
const ONE_LINE = [
  'if [ -z "$SLACK_WEBHOOK_URL" ]; then',
  '  echo "::notice title=Slack was not told::The secret SLACK_WEBHOOK_URL is not set."',
  '  exit 0',
  'fi',
  'run=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID',
  'text="$GITHUB_REPOSITORY, push to $GITHUB_REF_NAME: test $TEST, image $IMAGE, deploy $DEPLOY. $run"',
  'curl --silent --show-error --fail --output /dev/null --max-time 20 --retry 2 --config - \\',
  '  --header "Content-Type: application/json" --data "{\\"text\\": \\"$text\\"}" <<<"url = \\"$SLACK_WEBHOOK_URL\\""',
].join('\n');
