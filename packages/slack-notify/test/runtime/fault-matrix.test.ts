import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults, suffer } from './faults';
import { underMutation } from './lambda/lambda';
import { World } from './lambda/world';

// Each row starts a process and waits for real time-outs, beside whatever else the machine does.
jest.setTimeout(180_000);

const DOCUMENT = join(__dirname, '..', '..', 'docs', 'fault-matrix.md');
const rows: string[] = [];

// What runs in this process cannot be killed, and its limits are shorter than that of `fetch` for a connection.
const NOT_HERE = ['the function is killed while it posts', 'the connection never opens'];
const possible = faults.filter(({ name }) => !underMutation || !NOT_HERE.includes(name));

test.each(possible)('when the fault is: $name, the event is $ends, and neither lost nor doubled', async (fault) => {
  const world = await World.start();
  try {
    const { deliveries, left } = await suffer(world, fault);

    const inChannel = world.slack.channel.length;
    const reasons = world.aws.deadLetters().map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue);
    expect(left).toEqual([]);
    expect(inChannel).toBe(fault.inChannel ?? (fault.ends === 'dead-lettered' ? 0 : 1));
    expect(reasons).toEqual(fault.ends === 'dead-lettered' ? [fault.reason] : []);
    expect(deliveries > 1).toBe(fault.ends === 'delivered later' || fault.name.startsWith('the dead-letter queue'));
    expect(world.output()).not.toMatch(/https?:\/\/|not-a-real|\/services\//);
    rows.push(`| ${fault.name} | ${fault.ends} | ${inChannel} | ${reasons[0] ?? ''} |`);
  } finally {
    await world.stop();
  }
});

(underMutation ? test.skip : test)('the table in the docs says the same', () => {
  const document = `# What happens when something goes wrong

One event, one fault, the bundled function in a process of its own, and a queue that delivers again what was reported as
failed. The tests write this table: each row was run. 'In the channel' is how often the message is there at the end.

| fault | the event is | in the channel | what its dead letter says |
|---|---|---|---|
${rows.join('\n')}

A dead-lettered event that is in the channel once is one of which the function could not know: Slack had it, and the
answer was lost. It is kept for someone to look at, because sending it again could post it twice.
`;
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(DOCUMENT, document);
  }

  expect(readFileSync(DOCUMENT, 'utf8')).toBe(document);
});
