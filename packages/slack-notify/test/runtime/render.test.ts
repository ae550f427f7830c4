import type { Notice } from '../../runtime/messages/notice';
import { render } from '../../runtime/messages/render';

const notice = (fields: Partial<Notice>): Notice => ({ kind: 'test', severity: 'info', title: 'Title', ...fields });

/** The blocks as loosely as a reader sees them. */
interface Seen {
  readonly text: { readonly type: string; readonly text: string };
  readonly fields: { readonly text: string }[];
  readonly elements: { readonly text: string }[];
}

function seen(fields: Partial<Notice>): Seen[] {
  return render(notice(fields)).blocks as unknown as Seen[];
}

test('nobody is pinged, whatever a commit title says', () => {
  const words = '<!channel> @channel <@U1> @here @everyone <!here> <!subteam^S1>';
  const { text, blocks } = render(notice({ title: words, reason: words, facts: [[words, words]], origin: [words] }));

  // Slack reads mentions in mrkdwn only, so the header (plain text) may have angle brackets.
  const [header, ...others] = blocks;
  expect(header).toMatchObject({ text: { type: 'plain_text' } });
  expect(text + JSON.stringify(others)).not.toMatch(/<[!@#]/);
  expect(text + JSON.stringify(blocks)).not.toMatch(/@(channel|here|everyone)/);
});

test('Slack looks for no mentions or links by itself', () => {
  const message = render(notice({ reason: 'why', facts: [['name', 'value']], origin: ['here'] }));

  expect(message).toMatchObject({ parse: 'none', link_names: false });
  const texts = JSON.stringify(message.blocks).match(/"type":"mrkdwn"/g)?.length;
  expect(JSON.stringify(message.blocks).match(/"verbatim":true/g)).toHaveLength(texts ?? 0);
});

test('control characters and changes of direction are left out', () => {
  const { text } = render(notice({ title: 'a\u0000b\u001b[31mc\u202ed\r\ne' }));

  expect(text).toBe('ℹ️ ab[31mcd e');
});

test('a text that is too long ends with a mark and fits', () => {
  const long = '&'.repeat(10_000);
  const told = { title: long, reason: long, facts: Array(20).fill([long, long]), origin: [long] };
  const { text } = render(notice(told));

  const [header, section, fields, context] = seen(told) as [Seen, Seen, Seen, Seen];
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(header.text.text.length).toBeLessThanOrEqual(150);
  expect(section.text.text.length).toBeLessThanOrEqual(3000);
  expect(fields.fields).toHaveLength(10);
  expect(fields.fields.every((field) => field.text.length <= 2000)).toBe(true);
  expect(context.elements[0]?.text.length).toBeLessThanOrEqual(2000);
  for (const shortened of [text, section.text.text]) {
    expect(shortened).toMatch(/&amp;… \(shortened\)$/);
  }
});

test('a text is not cut within a character', () => {
  const [header] = seen({ title: '😀'.repeat(200) });

  expect(header?.text.text).toMatch(/😀… \(shortened\)$/);
  expect(header?.text.text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
});

test.each(['javascript:alert(1)', 'http://example.com', 'https://a b', 'https://a|b', `https://a/${'x'.repeat(3000)}`])(
  'a link to %.20s is left out',
  (url) => {
    expect(render(notice({ links: [{ text: 'Link', url }] })).blocks).toHaveLength(1);
  },
);

test('links are kept whole: those that do not fit are left out', () => {
  const url = `https://example.com/${'x'.repeat(1400)}`;
  const [, section] = seen({ links: Array(5).fill({ text: 'Link', url }) });

  expect(section?.text.text.split(' · ')).toHaveLength(2);
  expect(section?.text.text).toMatch(/\|Link>$/);
});

test('a message without anything still says something', () => {
  expect(render(notice({ title: ' \u0000 ', reason: '\n', facts: [['a', '']] }))).toMatchObject({
    text: 'ℹ️ Something happened',
    blocks: [{ type: 'header' }],
  });
});
