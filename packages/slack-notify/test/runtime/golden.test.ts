import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeEvent } from '../../runtime/messages/describe';
import { render } from '../../runtime/messages/render';

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

test('each agreed message has an event, and each event a message', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(readdirSync(EVENTS).sort());
});
