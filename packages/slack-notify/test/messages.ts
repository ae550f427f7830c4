import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decided } from '../runtime/answer-approval/reply';
import { readRun } from '../runtime/cli/github';
import { parseSend } from '../runtime/cli/parse-send';
import { sendNotice } from '../runtime/cli/send-notice';
import { burstNotice } from '../runtime/messages/burst-sum';
import { rolledBack } from '../runtime/messages/deployment';
import { describe as describeEvent } from '../runtime/messages/describe';
import type { Notice } from '../runtime/messages/notice';
import { render } from '../runtime/messages/render';
import { withImages } from '../runtime/messages/revision';

const eventOf = (name: string) => readFileSync(join(__dirname, 'events', `${name}.json`), 'utf8');
const run = readRun({
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'paebbl/data-visualization-ops',
  GITHUB_RUN_ID: '42',
  GITHUB_SHA: '4f2c1d7e0b5a69788c9d0e1f2a3b4c5d6e7f8091',
  GITHUB_ACTOR: 'ana',
  GITHUB_WORKFLOW: 'deploy',
  GITHUB_REF_NAME: 'main',
});
const pipeline = (...args: string[]) => {
  const about = [
    '--service',
    'app',
    '--environment',
    'production',
    '--commit-title',
    'Fix the axis of the yield chart',
  ];
  return render(sendNotice(parseSend([...args, ...about]), run));
};
const IMAGES = [
  {
    image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/paebbl-repository:4f2c1d7e0b5a69788c9d0e1f2a3b4c5d6e7f8091',
    imageDigest: 'sha256:74b2c688c700ec95a93e478cdb959737c148df3fbf5ea706abe0318726e885e6',
  },
];
const withImage = (notice: Notice, buttons = false) => render(withImages(notice, IMAGES), buttons);
const paused = withImage(describeEvent(eventOf('deployment-paused')), true);
/** Slack keeps the emoji of a title by its name, and gives each block an id. */
const kept = (blocks: unknown[]) =>
  JSON.parse(JSON.stringify(blocks).replace(/⚠️/g, ':warning:')).map((block: object, at: number) => ({
    ...block,
    block_id: `b${at}`,
  }));
const approval = (action: 'CONTINUE' | 'ROLLBACK') =>
  decided(
    {
      userId: 'U012AB3CD',
      action,
      value: { serviceDeploymentArn: '', hookId: '' },
      responseUrl: '',
      blocks: kept(paused.blocks),
      text: paused.text.replace('⚠️', ':warning:'),
    },
    new Date('2026-03-05T15:58:20Z'),
  );

/** Messages that no single event is the whole of, by their names: each has an agreed form in `golden/`. */
export const messages: Record<string, { text: string; blocks: unknown[] }> = {
  'approval-continued': approval('CONTINUE'),
  'approval-stopped': approval('ROLLBACK'),
  'burst-of-dead-tasks': render(
    burstNotice(
      describeEvent(eventOf('task-exited')),
      39,
      40,
      '2026-03-05T15:54:41Z',
      new Date('2026-03-05T16:04:41Z'),
    ),
  ),
  'deployment-paused-image': paused,
  'deployment-started-image': withImage(describeEvent(eventOf('deployment-started'))),
  'deployment-rolled-back': withImage(
    rolledBack(
      describeEvent(eventOf('deployment-completed')),
      'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/9223370564341623665.',
    ),
  ),
  'pipeline-cancelled': pipeline('--status', 'cancelled'),
  'pipeline-failed': pipeline(
    '--status',
    'failure',
    '--seconds',
    '192',
    '--reason',
    'The circuit breaker ended the rollout after 3 failed tasks. The version before it is live again. The container ended with exit code 1.',
  ),
  'pipeline-started': pipeline('--status', 'started'),
  'pipeline-succeeded': pipeline('--status', 'success', '--seconds', '74', '--link', 'App=https://viz.paebbl.com'),
  unreadable: render(describeEvent('what is no JSON')),
};
