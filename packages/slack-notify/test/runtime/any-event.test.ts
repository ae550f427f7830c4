import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe as describeEvent } from '../../runtime/messages/describe';
import { render } from '../../runtime/messages/render';

const EVENTS = join(__dirname, '..', 'events');
const recorded = readdirSync(EVENTS).map((file) => JSON.parse(readFileSync(join(EVENTS, file), 'utf8')));

/** Text as it comes from commits, logs and people who mean no good. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('<!channel>', '@here', '<@U012AB3CD>', '&lt;', '*', '```', '\u202e', '\u0000', 'https://a|b>', '|'),
  fc.string({ minLength: 3_900, maxLength: 9_000 }),
);
const anything = fc.oneof(
  text,
  fc.integer(),
  fc.constant(null),
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.object(),
);

/** A recorded event with one field of it, at any depth, replaced by anything. */
const damaged = fc
  .record({
    event: fc.constantFrom(...recorded),
    path: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
    value: anything,
  })
  .map(({ event, path, value }) => {
    const copy = structuredClone(event);
    let at = copy;
    for (const [depth, step] of path.entries()) {
      const keys = Object.keys(at);
      const key = keys[step % Math.max(1, keys.length)] ?? 'extra';
      if (depth === path.length - 1 || typeof at[key] !== 'object' || at[key] === null) {
        at[key] = value;
        break;
      }
      at = at[key];
    }
    return JSON.stringify(copy);
  });

interface Block {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly fields?: { readonly text: string }[];
  readonly elements?: { readonly type: string; readonly text: string }[];
}

test('whatever comes, Slack gets a message that it takes and that pings nobody', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        damaged,
        damaged,
        text,
        anything.map((value) => JSON.stringify(value) ?? ''),
      ),
      (body) => {
        const message = render(describeEvent(body), true);
        const blocks = message.blocks as Block[];
        const marked = blocks.flatMap(({ type, text, fields = [], elements = [] }) => [
          ...(text && type !== 'header' ? [text.text] : []),
          ...fields.map((field) => field.text),
          ...elements.filter((element) => element.type === 'mrkdwn').map((element) => element.text),
        ]);

        expect(message.text.length).toBeGreaterThan(3);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
        expect(blocks[0]?.text?.text.length).toBeLessThanOrEqual(150);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const words of marked) {
          expect(words.length).toBeGreaterThan(0);
          expect(words.length).toBeLessThanOrEqual(3_000);
        }
        // Nothing of outside begins a mention or a link of Slack's.
        const links = /<https:\/\/[^\s|<>]+\|[^<>|]*>/g;
        expect([message.text, ...marked].map((words) => words.replace(links, '')).join()).not.toMatch(/[<>]/);
        expect(JSON.stringify(message)).not.toMatch(/@(channel|here|everyone|group)/i);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
        expect(message.text).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
      },
    ),
    {
      numRuns: 1_500,
      // What is asked for in any case: a mention in each field that links are made of.
      examples: recorded.flatMap((event) =>
        ['account', 'region'].map((field): [string] => [JSON.stringify({ ...event, [field]: '@here' })]),
      ),
    },
  );
});
