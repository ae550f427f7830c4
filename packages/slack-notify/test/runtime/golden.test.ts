import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeEvent } from '../../runtime/messages/describe';
import { render } from '../../runtime/messages/render';
import { SlackKind } from '../../src';
import { messages } from '../messages';

const EVENTS = join(__dirname, '..', 'events');
const GOLDEN = join(__dirname, '..', 'golden');
const names = readdirSync(EVENTS).map((file) => file.replace('.json', ''));

/** `UPDATE_GOLDEN=1 npx jest golden` writes what comes out now: read the difference before you commit it. */
function golden(name: string, actual: unknown): unknown {
  const file = join(GOLDEN, `${name}.json`);
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(file, `${JSON.stringify(actual, undefined, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

test.each(names)('the event %s becomes the message that was agreed on', (name) => {
  const message = render(describeEvent(readFileSync(join(EVENTS, `${name}.json`), 'utf8')), true);

  expect(message).toEqual(golden(name, message));
});

test.each(Object.entries(messages))('%s is the message that was agreed on', (name, message) => {
  expect(message).toEqual(golden(name, message));
});

test('each agreed message is still made, and each message agreed on', () => {
  const made = [...names, ...Object.keys(messages)].map((name) => `${name}.json`);
  expect(readdirSync(GOLDEN).sort()).toEqual(made.sort());
});

test.each(Object.values(SlackKind))('there is an agreed message of the kind %s', (kind) => {
  const kinds = names.map((name) => describeEvent(readFileSync(join(EVENTS, `${name}.json`), 'utf8')).kind);
  // An event alone does not tell that a deployment was a way back.
  expect([...kinds, ...Object.keys(messages)]).toContain(kind);
});
