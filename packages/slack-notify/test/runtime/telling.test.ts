import { underMutation } from './lambda/lambda';
import { HURRY } from './lambda/lambda-in-process';
import { record, sample, WEBHOOK_PATH, World } from './lambda/world';

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

test('an event is told at the webhook that the secret names', async () => {
  await world.deliver([record(sample('deployment-failed', 'a'))]);

  expect(world.slack.channel.map(({ path }) => path)).toEqual([WEBHOOK_PATH]);
  expect(world.titles()).toEqual(['🔴 app failed to deploy: ECS deployment circuit breaker: tasks failed to start.']);
});

test('an event that is delivered twice is told once, after a cold start too', async () => {
  await world.deliver([record(sample('deployment-failed', 'a'))]);
  await world.restart();
  await world.deliver([record(sample('deployment-failed', 'a'))]);

  expect(world.slack.channel).toHaveLength(1);
});

test('events are told in their order, and not faster than one a second', async () => {
  await world.deliver([
    record(sample('deployment-started', 'a')),
    record(sample('deployment-failed', 'b')),
    record(sample('deployment-rolling-back', 'c')),
  ]);

  expect(world.titles().map((title) => title.split(':')[0])).toEqual([
    'ℹ️ app is being deployed',
    '🔴 app failed to deploy',
    '🔴 app is being rolled back',
  ]);
  const [first, , third] = world.slack.channel;
  expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(underMutation ? 1_900 / HURRY : 1_900);
});

test('how long a deployment took is told at its end', async () => {
  await world.deliver([record(sample('deployment-started', 'a', { updatedAt: '2026-03-05T15:51:00Z' }))]);
  await world.deliver([record(sample('deployment-completed', 'b', { updatedAt: '2026-03-05T15:54:12Z' }))]);

  expect(JSON.stringify(world.slack.channel.at(-1))).toContain('*Took*\\n3 min 12 s');
});

const way = {
  deploymentId: 'ecs-svc/back',
  reason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/back.',
};

test('the end of a rollback is no success', async () => {
  await world.deliver([record(sample('deployment-rolling-back', 'a', { ...way, updatedAt: '2026-03-05T15:51:00Z' }))]);
  await world.restart();
  await world.deliver([
    record(sample('deployment-completed', 'b', { deploymentId: way.deploymentId, updatedAt: '2026-03-05T15:54:12Z' })),
  ]);

  expect(world.titles().map((title) => title.split(':')[0])).toEqual([
    '🔴 app is being rolled back',
    '⚠️ app runs again what ran before',
  ]);
  const last = JSON.stringify(world.slack.channel.at(-1));
  expect(last).toContain(way.reason);
  expect(last).toContain('*Took*\\n3 min 12 s');
});

test('a rollback whose beginning comes late is told for all that', async () => {
  await world.deliver([
    record(sample('deployment-completed', 'b', { deploymentId: way.deploymentId })),
    record(sample('deployment-rolling-back', 'a', way)),
  ]);

  expect(world.titles()).toEqual(['✅ app is deployed', `⚠️ app runs again what ran before: ${way.reason}`]);
});

test('a start that comes after its end is not told', async () => {
  await world.deliver([record(sample('deployment-completed', 'b')), record(sample('deployment-started', 'a'))]);

  expect(world.titles()).toEqual(['✅ app is deployed']);
});

test('an event that fails holds back the later ones of its source, and not those of another', async () => {
  world.aws.failing.set('GetSecretValue', { status: 400, type: 'AccessDeniedException' });
  const batch = [
    record(sample('deployment-started', 'a'), 'service-one'),
    record(sample('deployment-completed', 'b'), 'service-one'),
    record('{"detail-type":"Other"}', 'pattern-two'),
  ];
  const { batchItemFailures } = await world.lambda.invoke(batch);
  expect(batchItemFailures).toHaveLength(3);

  world.aws.failing.clear();
  await world.deliver(batch);
  expect(world.titles()).toEqual(['ℹ️ app is being deployed', '✅ app is deployed', 'ℹ️ Other']);
});

test('what there is no time for is left for the next time', async () => {
  const { batchItemFailures } = await world.lambda.invoke([record(sample('alarm', 'a'))], 10_000);

  expect(batchItemFailures).toHaveLength(1);
  expect(world.slack.requests).toBe(0);
});

test.each([
  ['no JSON', 'not { JSON', '⚠️ An event that is no JSON object: not { JSON'],
  ['a list', '[1,2]', '⚠️ An event that is no JSON object: [1,2]'],
  ['empty', '', '⚠️ An event that is no JSON object'],
  ['without anything', '{}', 'ℹ️ An event without a title'],
  ['a detail that is a list', '{"detail-type":"Odd","source":"x","detail":[1]}', 'ℹ️ Odd (x)'],
  [
    'a known one without its fields',
    '{"source":"aws.ecs","detail-type":"ECS Task State Change","detail":{"lastStatus":7}}',
    'ℹ️ ECS Task State Change (aws.ecs): {"lastStatus":7}',
  ],
  [
    'a known one with fields of other types',
    '{"source":"aws.ecr","detail-type":"ECR Image Scan","detail":{"repository-name":"r","finding-severity-counts":"many","image-tags":3}}',
    '⚠️ No critical findings in an image of r',
  ],
])('an event that is %s is told as it is', async (_name, body, text) => {
  await world.deliver([record(body)]);

  expect(world.titles()).toEqual([text]);
});

test('an environment of the function can be used again and again', async () => {
  for (const id of ['a', 'b', 'c']) {
    await world.deliver([record(sample('deployment-failed', id))]);
  }

  expect(world.slack.channel).toHaveLength(3);
  expect(world.aws.calls.filter((call) => call === 'GetSecretValue')).toHaveLength(1);
});

const TWO_CHANNELS = [
  { name: 'copy', webhook: { secretId: 'gone' }, copy: true },
  { name: 'default', webhook: { secretId: 'there' } },
];

test('a channel that is broken does not keep the next one from hearing of it, which hears of it once', async () => {
  await world.stop();
  world = await World.start(TWO_CHANNELS);
  world.aws.missingSecrets.add('gone');
  const event = record(sample('deployment-failed', 'a'));

  expect((await world.deliver([event])).left).toHaveLength(1);
  expect(world.slack.channel).toHaveLength(1);

  world.aws.missingSecrets.clear();
  expect((await world.deliver([event])).left).toHaveLength(0);
  expect(world.slack.channel).toHaveLength(2);
});

test('a dead letter that is moved back goes only to the channel that refused it', async () => {
  await world.stop();
  world = await World.start(TWO_CHANNELS);
  world.slack.script.push((response) => response.writeHead(404).end('no_service'));
  await world.deliver([record(sample('deployment-failed', 'a'))]);
  expect(world.slack.channel).toHaveLength(1);
  await world.deliver([world.moveBack(world.aws.deadLetters()[0])]);

  expect(world.slack.channel).toHaveLength(2);
});

test('a dead letter that is refused again is a new letter', async () => {
  const refuse = () => world.slack.script.push((response) => response.writeHead(404).end('no_service'));
  refuse();
  await world.deliver([record(sample('deployment-failed', 'a'))]);
  refuse();
  await world.deliver([world.moveBack(world.aws.takeDeadLetters()[0])]);
  const [again] = world.aws.takeDeadLetters();
  await world.deliver([world.moveBack(again)]);

  expect(world.slack.channel).toHaveLength(1);
});

test('the first message of a burst that was refused is told when it is moved back', async () => {
  world.slack.script.push((response) => response.writeHead(404).end('no_service'));
  await world.deliver([record(sample('task-exited', 'a')), record(sample('task-exited', 'b'))]);
  await world.deliver([world.moveBack(world.aws.deadLetters()[0])]);

  expect(world.titles()).toEqual([expect.stringContaining('died with exit code 1')]);
});

test('an event that two sources fit is told once in each channel that takes one of them', async () => {
  await world.stop();
  world = await World.start([
    { name: 'builds', webhook: { secretId: 'builds' }, sources: ['pattern-builds'] },
    { name: 'default', webhook: { secretId: 'all' } },
  ]);
  const event = sample('deployment-failed', 'a');
  await world.deliver([record(event, 'service-app'), record(event, 'pattern-all'), record(event, 'pattern-builds')]);

  expect(world.slack.channel).toHaveLength(2);
});

test('a dead letter of a channel that is gone is told in the channel of the construct', async () => {
  world.slack.script.push((response) => response.writeHead(404).end('no_service'));
  await world.deliver([record(sample('deployment-failed', 'a'))]);
  const [letter] = world.aws.deadLetters();
  const attributes = { ...letter?.MessageAttributes, route: { StringValue: 'route7' } };
  await world.deliver([world.moveBack(letter && { ...letter, MessageAttributes: attributes })]);

  expect(world.slack.channel).toHaveLength(1);
});
