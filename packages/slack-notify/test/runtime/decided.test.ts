import type { Click } from '../../runtime/answer-approval/read-click';
import { decided } from '../../runtime/answer-approval/reply';

const AT = new Date('2026-03-04T05:06:07.890Z');
const header = (text: unknown) => ({ type: 'header', block_id: 'a1', text: { type: 'plain_text', text, emoji: true } });

const CLICK: Click = {
  userId: 'UANA',
  action: 'CONTINUE',
  value: { serviceDeploymentArn: 'arn', hookId: 'hook' },
  responseUrl: 'https://hooks.slack.com/actions/T0/1/x',
  text: ':warning: The deployment of app waits for a decision',
  blocks: [
    header(':warning: The deployment of app waits for a decision'),
    { type: 'section', text: { type: 'mrkdwn', text: '⚠️ app waits for a decision' } },
    { type: 'actions', elements: [] },
  ],
};

test('the message says who decided what when, and the buttons are gone', () => {
  const line = 'The deployment was *continued* by <@UANA> on 2026-03-04 05:06:07 UTC.';
  expect(decided(CLICK, AT)).toEqual({
    replace_original: true,
    text: `✅ The deployment of app goes on. ${line}`,
    blocks: [
      header('✅ The deployment of app goes on'),
      // Only the title is a question.
      CLICK.blocks[1],
      { type: 'section', text: { type: 'mrkdwn', text: line } },
    ],
  });
});

test('a deployment that was stopped is told with a warning', () => {
  const { text, blocks } = decided({ ...CLICK, action: 'ROLLBACK', text: '⚠️ app waits for a decision' }, AT);
  expect(text).toBe(
    '⚠️ app is rolled back. The deployment was *stopped and rolled back* by <@UANA> on 2026-03-04 05:06:07 UTC.',
  );
  expect(blocks[0]).toEqual(header('⚠️ The deployment of app is rolled back'));
});

test.each(['see: ⚠️ app waits for a decision', '⚠️ app waits for a decision of Ana'])('the title %s stays', (title) => {
  expect(decided({ ...CLICK, blocks: [header(title)] }, AT).blocks[0]).toEqual(header(title));
});

test.each([[null], ['text'], [{ type: 'header' }], [header(7)], [{ type: 'divider' }]])(
  'a block %j that Slack gives back stays as it is',
  (block) => {
    expect(decided({ ...CLICK, blocks: [block] }, AT).blocks[0]).toEqual(block);
  },
);
