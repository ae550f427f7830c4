import { readClick } from '../../runtime/answer-approval/read-click';

const VALUE = {
  serviceDeploymentArn: 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/c/app/d1',
  hookId: 'hook-1',
};
const BUTTON = { action_id: 'continue_deployment', value: JSON.stringify(VALUE) };
const PAYLOAD = {
  user: { id: 'UANA' },
  response_url: 'https://hooks.slack.com/actions/T0/1/x',
  message: { text: 'It waits', blocks: [{ type: 'header' }] },
  actions: [BUTTON],
};

/** The click of a payload with some fields changed. */
const read = (changes: object = {}) =>
  readClick(new URLSearchParams({ payload: JSON.stringify({ ...PAYLOAD, ...changes }) }).toString());
const button = (changes: object) => read({ actions: [{ ...BUTTON, ...changes }] });

test('a click is read with what it answers to', () => {
  expect(read()).toEqual({
    userId: 'UANA',
    action: 'CONTINUE',
    value: VALUE,
    responseUrl: PAYLOAD.response_url,
    blocks: [{ type: 'header' }],
    text: 'It waits',
  });
  expect(button({ action_id: 'stop_deployment' })?.action).toBe('ROLLBACK');
});

test('a message that Slack did not keep is empty', () => {
  expect(read({ message: undefined })).toMatchObject({ blocks: [], text: '' });
});

test('the workspace of a government answers at a host of its own', () => {
  const response_url = 'https://hooks.slack-gov.com/actions/T0/1/x';
  expect(read({ response_url })?.responseUrl).toBe(response_url);
});

test.each([
  ['http:', 'http://hooks.slack.com/actions/T0/1/x'],
  ['another host', 'https://hooks.slack.com.example.com/actions/T0/1/x'],
  ['another port', 'https://hooks.slack.com:8443/actions/T0/1/x'],
  ['no URL', 'hooks.slack.com'],
  ['nothing', ''],
])('an answer to %s goes nowhere', (_name, response_url) => {
  expect(read({ response_url })).toBeUndefined();
});

test.each([
  ['a button of somebody else', () => button({ action_id: 'buy' })],
  ['a name that every object has', () => button({ action_id: 'toString' })],
  ['nobody', () => read({ user: {} })],
  ['no deployment', () => button({ value: JSON.stringify({ hookId: 'hook-1' }) })],
  ['no hook', () => button({ value: JSON.stringify({ serviceDeploymentArn: VALUE.serviceDeploymentArn }) })],
  ['a value that is no JSON', () => button({ value: '{' })],
  ['no value', () => button({ value: undefined })],
  ['no button', () => read({ actions: [] })],
  ['no payload', () => readClick('')],
  ['a payload that is no JSON', () => readClick('payload=%7B')],
])('%s is no click of ours', (_name, ask) => {
  expect(ask()).toBeUndefined();
});
