import { record, sample, World } from './lambda/world';

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

const died = (id: string) => record(sample('task-exited', id));

/** As the queue does when the time has come: the oldest reminder that did not come back yet. */
async function remind(times = 1) {
  const next = world.aws.reminders()[reminded];
  reminded += 1;
  for (let time = 0; time < times; time++) {
    await world.deliver([{ ...record(next?.MessageBody ?? ''), attributes: withoutGroup() }]);
  }
}
let reminded = 0;
beforeEach(() => {
  reminded = 0;
});

function withoutGroup() {
  const { MessageGroupId: _group, ...attributes } = record('').attributes;
  return attributes;
}

test('a crash loop is one message at once and one that counts, not forty', async () => {
  for (let batch = 0; batch < 8; batch++) {
    await world.deliver([0, 1, 2, 3, 4].map((at) => died(`death-${batch}-${at}`)));
  }
  await remind();

  expect(world.titles()).toEqual([
    '🔴 A task of app died with exit code 1: Essential container in task exited',
    '🔴 A task of app died with exit code 1: 39 more times: Essential container in task exited',
  ]);
  expect(JSON.stringify(world.slack.channel[1])).toContain('40 times since');
});

test('the sum comes after the time that was asked for', async () => {
  await world.deliver([died('a')]);

  expect(world.aws.reminders().map(({ DelaySeconds }) => DelaySeconds)).toEqual([600]);
});

test('a burst that goes on is summed up again, with what came since', async () => {
  await world.deliver([died('a'), died('b')]);
  await remind();
  await world.deliver([died('c'), died('d')]);
  await remind();

  expect(world.titles().map((title) => /: (once more|\d+ more times)/.exec(title)?.[1])).toEqual([
    undefined,
    'once more',
    '2 more times',
  ]);
  expect(JSON.stringify(world.slack.channel[2])).toContain('4 times since');
});

test('after a quiet time the next death is told at once', async () => {
  await world.deliver([died('a')]);
  await remind();
  await world.deliver([died('b')]);

  expect(world.titles()).toHaveLength(2);
  expect(world.titles()[1]).toBe(world.titles()[0]);
});

test('a death that is delivered twice is counted once', async () => {
  await world.deliver([died('a'), died('b')]);
  await world.restart();
  await world.deliver([died('b'), died('a')]);
  await remind();

  expect(world.titles()[1]).toContain('once more');
});

test('a reminder that comes twice sums up once', async () => {
  await world.deliver([died('a'), died('b')]);
  await remind(2);

  expect(world.titles()).toHaveLength(2);
});

test('other deaths, and other tasks, are bursts of their own', async () => {
  await world.deliver([
    died('a'),
    record(sample('task-out-of-memory', 'b')),
    record(sample('task-exited', 'c', { group: 'service:other' })),
  ]);

  expect(world.titles()).toHaveLength(3);
});

test('a burst whose reminder was lost does not silence what happens later', async () => {
  await world.stop();
  world = await World.start();
  Object.assign(world.config, { burstSeconds: 0 });
  await world.restart();
  await world.deliver([died('a')]);
  await world.deliver([died('b')]);

  expect(world.titles()).toHaveLength(2);
});

test('a sum that Slack refuses is kept, with the number', async () => {
  await world.deliver([died('a'), died('b')]);
  world.slack.script.push((response) => response.writeHead(410).end('channel_is_archived'));
  await remind();

  const [letter] = world.aws.deadLetters();
  expect(letter?.MessageAttributes?.reason?.StringValue).toBe('Slack answered 410 channel_is_archived');
  expect(JSON.parse(letter?.MessageBody ?? '{}').title).toContain('once more');
});

test('what is kept until the sum fits into an item of the table', async () => {
  await world.deliver([
    died('a'),
    record(sample('task-exited', 'b', { taskDefinitionArn: `x/${'€'.repeat(200_000)}` })),
  ]);
  const long = JSON.parse(sample('task-exited', 'c'));
  long.detail.containers[0].image = '€'.repeat(200_000);
  await world.deliver([record(JSON.stringify(long))]);
  await remind();

  expect(world.titles()).toHaveLength(3);
  expect(world.titles()[2]).toContain('once more');
});

const build = (id: string, status: string, more: object = {}) =>
  record(sample('unknown', id, { 'build-status': status, ...more }));

test('what happens next to the same thing is told, and not counted as the same', async () => {
  await world.deliver([build('a', 'IN_PROGRESS'), build('b', 'FAILED')]);

  expect(world.titles()).toEqual([expect.stringContaining('IN_PROGRESS'), expect.stringContaining('FAILED')]);
});

test('the same happening with other times and numbers is counted, and the sum tells the last one', async () => {
  await world.deliver(
    [1, 2, 3].map((at) => build(`build-${at}`, 'FAILED', { attempt: at, at: `2026-03-05T15:0${at}` })),
  );
  await remind();

  expect(world.titles()).toHaveLength(2);
  expect(world.titles()[1]).toContain('2 more times');
  expect(world.titles()[1]).toContain('"attempt":3');
});

test('each image that is pushed is told; another tag of it is counted, and the sum names that tag', async () => {
  const pushed = (id: string, tag: string, digest: string) =>
    record(sample('image-pushed', id, { 'image-tag': tag, 'image-digest': `sha256:${digest.repeat(64)}` }));
  await world.deliver([pushed('a', 'aaaaaaa', '1'), pushed('b', 'bbbbbbb', '2'), pushed('c', 'latest', '2')]);
  const reminders = world.aws.reminders().length;
  await remind();
  await remind();

  expect(reminders).toBe(2);
  const told = world.slack.channel.map(({ message }) => JSON.stringify(message.blocks));
  expect(told).toHaveLength(3);
  expect(told[1]).toContain('bbbbbbb');
  expect(told[2]).toContain('latest');
});

test.each([
  [
    'another version of the task',
    { taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/task-definition-app:6' },
  ],
  ['another kind of reason', { stoppedReason: 'ResourceInitializationError: unable to pull secrets' }],
])('a death of %s is told', async (_name, detail) => {
  await world.deliver([died('a'), record(sample('task-exited', 'b', detail))]);

  expect(world.titles()).toHaveLength(2);
});

test('a death for the same reason with other ids in it is counted', async () => {
  const failed = (id: string, target: string) =>
    record(sample('task-exited', id, { stoppedReason: `Task failed ELB health checks in (target-group ${target})` }));
  await world.deliver([failed('a', 'arn:1a'), failed('b', 'arn:2b')]);

  expect(world.titles()).toHaveLength(1);
});

test('a sum that Slack refused is told when its letter is moved back', async () => {
  await world.deliver([died('a'), died('b')]);
  world.slack.script.push((response) => response.writeHead(410).end('channel_is_archived'));
  await remind();
  await world.deliver([world.moveBack(world.aws.deadLetters()[0])]);

  expect(world.titles()[1]).toContain('once more');
});

test('findings in images of one repository are counted, and the sum tells the last one', async () => {
  await world.deliver([record(sample('finding', 'a')), record(sample('finding', 'b', { title: 'CVE-2026-2 - zlib' }))]);
  await remind();

  expect(world.titles()).toHaveLength(2);
  expect(world.titles()[1]).toContain('once more: CVE-2026-2 - zlib');
});
