import { createHmac } from 'node:crypto';
import { APPROVAL_VARIABLE, type ApprovalConfig } from '../../src/approval-contract';
import { AwsServer } from './lambda/aws-server';
import { type Lambda, startLambda } from './lambda/lambda';
import { APPROVAL_BUNDLE } from './lambda/lambda-process';
import { SlackApi } from './lambda/slack-api';
import { answers, SlackServer } from './lambda/slack-server';

const SIGNING_SECRET = 'not-a-real-signing-secret';
const RESPONSE_PATH = '/actions/T00000000/1/not-a-real-token';
const VALUE = {
  serviceDeploymentArn:
    'arn:aws:ecs:us-east-1:111122223333:service-deployment/ecs-paebbl-cluster/app/0EYSiB0qap8xf0N76FsbE',
  hookId: 'ecs-pause-e7tK9G',
};

let slack: SlackServer;
let api: SlackApi;
let aws: AwsServer;
let lambda: Lambda;
let config: ApprovalConfig;

beforeEach(async () => {
  [slack, api, aws] = await Promise.all([SlackServer.start(), SlackApi.start(), AwsServer.start()]);
  aws.secret = SIGNING_SECRET;
  config = {
    signingSecretId: 'signing',
    botTokenSecretId: 'token',
    approvers: ['UANA'],
    approverGroups: ['SPLATFORM'],
  };
  await start();
});

async function start() {
  const origins = { 'https://hooks.slack.com': slack.origin, 'https://slack.com': api.origin, aws: aws.origin };
  lambda = await startLambda(APPROVAL_BUNDLE, { [APPROVAL_VARIABLE]: JSON.stringify(config) }, origins);
}

/** With another configuration. */
async function restart() {
  await lambda.kill();
  await start();
}

afterEach(async () => {
  expect(lambda.output).not.toMatch(/not-a-real|https?:\/\//);
  await lambda.kill();
  await Promise.all([slack.stop(), api.stop(), aws.stop()]);
});

function body(action: string, user: string, overrides: object = {}): string {
  const payload = {
    type: 'block_actions',
    user: { id: user },
    response_url: `https://hooks.slack.com${RESPONSE_PATH}`,
    // As Slack gives it back: emoji of titles by their names, and an id for each block.
    message: {
      text: ':warning: The deployment of app waits for a decision',
      blocks: [
        {
          type: 'header',
          block_id: 'a1',
          text: { type: 'plain_text', text: ':warning: The deployment of app waits for a decision', emoji: true },
        },
        { type: 'actions', block_id: 'a2', elements: [] },
      ],
    },
    actions: [{ action_id: action, value: JSON.stringify(VALUE) }],
    ...overrides,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

async function click(text: string, { age = 0, secret = SIGNING_SECRET, base64 = true } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex')}`;
  return lambda.call<{ statusCode: number }>({
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
    body: base64 ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded: base64,
  });
}

test.each([
  ['continue_deployment', 'CONTINUE', 'The deployment was *continued* by <@UANA>'],
  ['stop_deployment', 'ROLLBACK', 'The deployment was *stopped and rolled back* by <@UANA>'],
])('the button %s tells ECS %s, and the channel who did it', async (actionId, action, line) => {
  expect(await click(body(actionId, 'UANA'))).toEqual({ statusCode: 200 });

  expect(aws.decisions).toEqual([{ ...VALUE, action }]);
  const [reply] = slack.channel;
  expect(reply?.path).toBe(RESPONSE_PATH);
  expect(reply?.message).toMatchObject({ replace_original: true, blocks: [{ type: 'header' }, { type: 'section' }] });
  expect(reply?.message.text).toContain(line);
  expect(JSON.stringify(reply?.message)).not.toContain('waits for a decision');
  for (const part of [
    "'decided'",
    "user: 'UANA'",
    `action: '${action}'`,
    `deployment: '${VALUE.serviceDeploymentArn}'`,
  ]) {
    expect(lambda.output).toContain(part);
  }
});

test('somebody in a group that was named may decide', async () => {
  api.groups.SPLATFORM = ['UBEN'];
  await click(body('continue_deployment', 'UBEN'));

  expect(aws.decisions).toHaveLength(1);
});

test('somebody else may not, and only they are told', async () => {
  expect(await click(body('continue_deployment', 'UEVE'))).toEqual({ statusCode: 200 });

  expect(aws.decisions).toEqual([]);
  expect(slack.channel.map(({ message }) => message)).toEqual([
    {
      response_type: 'ephemeral',
      replace_original: false,
      text: 'You are not among the people who decide about this deployment, so nothing was done.',
    },
  ]);
  expect(lambda.output).toContain('not allowed to decide');
  expect(lambda.output).toContain("user: 'UEVE'");
});

test('one group of several is enough', async () => {
  config.approverGroups.push('SDATA');
  await restart();
  api.groups.SDATA = ['UBEN'];
  await click(body('continue_deployment', 'UBEN'));

  expect(aws.decisions).toHaveLength(1);
});

test.each<[string, Partial<ApprovalConfig>]>([
  ['there is no group', { approverGroups: [] }],
  ['no bot can look into the group', { botTokenSecretId: undefined }],
])('only who is named may decide where %s, and Slack is not asked', async (_name, changes) => {
  Object.assign(config, changes);
  await restart();
  api.groups.SPLATFORM = ['UBEN'];
  await click(body('continue_deployment', 'UBEN'));

  expect(aws.decisions).toEqual([]);
  expect(api.calls).toEqual([]);
  expect(slack.channel[0]?.message.text).toContain('You are not among the people');
});

test.each<[string, Parameters<typeof click>[1]]>([
  ['that another secret signed', { secret: 'other' }],
  ['that is older than five minutes', { age: 301 }],
  // A minute more than the limit, because the clock goes on while the test runs.
  ['that comes from the future', { age: -360 }],
])('a click %s is refused', async (_name, options) => {
  expect(await click(body('continue_deployment', 'UANA'), options)).toEqual({ statusCode: 401 });
  expect(aws.decisions).toEqual([]);
  expect(lambda.output).toContain('a request that Slack did not sign');
});

test('a request without a signature is refused', async () => {
  const request = { headers: {}, body: body('continue_deployment', 'UANA'), isBase64Encoded: false };

  expect(await lambda.call(request)).toEqual({ statusCode: 401 });
});

test.each([
  [400, 'InvalidParameterException', 'the deployment may have been decided already. Nothing was done.'],
  [400, 'AccessDeniedException', 'may not decide about this service (AccessDeniedException)'],
  [500, 'ServerException', 'may have acted all the same: look at the deployment before you click again.'],
])('when ECS answers %i %s, the person is told what that means, and the buttons stay', async (status, type, words) => {
  aws.failing.set('ContinueServiceDeployment', { status, type });
  await click(body('continue_deployment', 'UANA'));

  expect(slack.channel.map(({ message }) => message)).toEqual([
    expect.objectContaining({ response_type: 'ephemeral', text: expect.stringContaining(words) }),
  ]);
  expect(lambda.output).toContain('ECS refused');
  expect(lambda.output).toContain(`reason: 'ecs refused ContinueServiceDeployment: ${type}'`);
  expect(lambda.output).toContain("user: 'UANA'");
});

test.each([
  [
    'the scope is missing',
    { error: 'missing_scope', needed: 'usergroups:read' },
    'The bot lacks the scope usergroups:read',
  ],
  ['the token is not valid', { error: 'invalid_auth' }, 'the token is not valid'],
])('when nobody can look into the group because %s, the person is told so', async (_name, answer, words) => {
  api.refusing.set('usergroups.users.list', answer);

  expect(await click(body('continue_deployment', 'UBEN'))).toEqual({ statusCode: 200 });
  expect(slack.channel.map(({ message }) => message.text)).toEqual([expect.stringContaining(words)]);
  expect(aws.decisions).toEqual([]);
  expect(lambda.output).toContain('nobody knows whether they may decide');
  expect(lambda.output).toContain("user: 'UBEN'");
});

test('the answer goes to Slack only, whatever the request says', async () => {
  await click(body('continue_deployment', 'UANA', { response_url: 'https://example.com/' }));

  expect(aws.decisions).toEqual([]);
});

test.each([
  ['no payload', 'a=b'],
  ['no JSON', 'payload=%7B'],
  ['another button', body('something_else', 'UANA')],
  ['no actions', body('continue_deployment', 'UANA', { actions: 'none' })],
])('a signed request with %s does nothing', async (_name, text) => {
  expect(await click(text, { base64: false })).toEqual({ statusCode: 200 });
  expect(aws.decisions).toEqual([]);
  expect(lambda.output).toContain('a signed request that is no click on a button of ours');
});

test.each([
  ['is busy', answers.refuse(429, 'rate_limited', { 'retry-after': '1' })],
  ['answers 500', answers.refuse(500, 'rollup_error')],
  ['loses its answer', answers.acceptThenReset()],
])('who decided is written into the channel even when Slack %s', async (_name, answer) => {
  slack.script.push(answer);

  expect(await click(body('continue_deployment', 'UANA'))).toEqual({ statusCode: 200 });
  expect(slack.channel.at(-1)?.message.text).toContain('The deployment was *continued* by <@UANA>');
  expect(aws.decisions).toHaveLength(1);
});

test('a decision stands even when the channel could not be told', async () => {
  slack.script.push(answers.refuse(404, 'expired_url'));

  expect(await click(body('continue_deployment', 'UANA'))).toEqual({ statusCode: 500 });
  expect(aws.decisions).toHaveLength(1);
  expect(lambda.output).toContain('the click was not answered');
  expect(lambda.output).toContain('Slack answered 404');
});
