import { createServer } from 'node:net';
import { startDeafServer } from './lambda/deaf-server';
import { answers } from './lambda/slack-server';
import { record, sample, WEBHOOK_PATH, WEBHOOK_URL, type World } from './lambda/world';

/** Something that goes wrong, and what is known to happen then. */
export interface Fault {
  readonly name: string;
  /** Lets it go wrong, before the event comes. */
  readonly arrange: (world: World) => unknown;
  /** Lets it be right again, before the queue delivers again. */
  readonly mend?: (world: World) => unknown;
  /** How it ends, in the docs' words. */
  readonly ends: 'delivered' | 'delivered later' | 'dead-lettered';
  /** What the dead letter says. */
  readonly reason?: string;
  /** How often the message is in the channel, when that is not what `ends` says. */
  readonly inChannel?: number;
  /** Other than one event delivered once. */
  readonly act?: (world: World) => Promise<unknown>;
}

const event = () => record(sample('deployment-failed', 'event-1'));

function refused(status: number, word: string): Fault {
  return {
    name: `Slack answers ${status} \`${word}\``,
    arrange: ({ slack }) => slack.script.push(answers.refuse(status, word)),
    ends: 'dead-lettered',
    reason: `Slack answered ${status} ${word}`,
  };
}

function awsFails(name: string, action: string, type: string, status = 400): Fault {
  return {
    name,
    arrange: ({ aws }) => aws.failing.set(action, { status, type }),
    mend: ({ aws }) => aws.failing.clear(),
    ends: 'delivered later',
  };
}

export const faults: Fault[] = [
  { name: 'none', arrange: () => {}, ends: 'delivered' },
  {
    name: 'Slack answers 429 with `Retry-After: 1`',
    arrange: ({ slack }) => slack.script.push(answers.refuse(429, 'rate_limited', { 'retry-after': '1' })),
    ends: 'delivered',
  },
  {
    name: 'Slack answers 429 with `Retry-After: 300`',
    arrange: ({ slack }) => slack.script.push(answers.refuse(429, 'rate_limited', { 'retry-after': '300' })),
    ends: 'delivered later',
  },
  {
    name: 'Slack answers 429 without `Retry-After`',
    arrange: ({ slack }) => slack.script.push(answers.refuse(429, 'rate_limited')),
    ends: 'delivered',
  },
  refused(400, 'invalid_payload'),
  refused(403, 'action_prohibited'),
  refused(404, 'no_service'),
  refused(410, 'channel_is_archived'),
  refused(500, 'rollup_error'),
  refused(503, 'service_unavailable'),
  {
    name: 'the connection is refused',
    arrange: async (world) => world.lambda.redirect({ 'https://hooks.slack.com': await closedPort() }),
    mend: ({ lambda, slack }) => lambda.redirect({ 'https://hooks.slack.com': slack.origin }),
    ends: 'delivered later',
  },
  {
    name: 'the name is not found',
    arrange: ({ lambda }) => lambda.redirect({ 'https://hooks.slack.com': 'http://slack.invalid' }),
    mend: ({ lambda, slack }) => lambda.redirect({ 'https://hooks.slack.com': slack.origin }),
    ends: 'delivered later',
  },
  {
    name: 'the connection never opens',
    arrange: async (world) => {
      const deaf = await startDeafServer();
      world.lambda.redirect({ 'https://hooks.slack.com': deaf.origin });
      world.cleanUp.push(deaf.stop);
    },
    mend: ({ lambda, slack }) => lambda.redirect({ 'https://hooks.slack.com': slack.origin }),
    ends: 'delivered later',
  },
  {
    name: 'the connection is reset after the message was sent',
    arrange: ({ slack }) => slack.script.push(answers.acceptThenReset()),
    ends: 'dead-lettered',
    reason: 'Slack did not answer: UND_ERR_SOCKET',
    inChannel: 1,
  },
  {
    name: 'no answer within 12 seconds',
    arrange: ({ slack }) => slack.script.push(answers.acceptThenSilence()),
    ends: 'dead-lettered',
    reason: 'Slack did not answer: TIMEOUT',
    inChannel: 1,
  },
  {
    name: 'the answer 200 begins and never ends',
    arrange: ({ slack }) => slack.script.push(answers.acceptThenSlowBody()),
    ends: 'delivered',
  },
  {
    name: 'the answer 404 begins and never ends',
    arrange: ({ slack }) => slack.script.push(answers.refuseWithoutEnd(404)),
    ends: 'dead-lettered',
    reason: 'Slack answered 404',
  },
  {
    name: 'something that is not Slack answers with a redirect',
    arrange: ({ slack }) => slack.script.push(answers.refuse(302, '', { location: 'https://example.com/' })),
    ends: 'dead-lettered',
    reason: 'what answered was not Slack: it sent us elsewhere',
  },
  {
    name: 'the URL was replaced a minute ago, and the old one answers 404 `no_service`',
    arrange: async (world) => {
      await world.deliver([record(sample('deployment-started', 'event-0'))]);
      world.slack.channel.length = 0;
      world.aws.secret = WEBHOOK_URL.replace('B00000000', 'B11111111');
      world.slack.script.push(answers.refuse(404, 'no_service'));
    },
    ends: 'delivered',
  },
  {
    name: "the secret holds something that is not Slack's URL",
    arrange: ({ aws }) => {
      aws.secret = `https://example.com${WEBHOOK_PATH}`;
    },
    mend: ({ aws }) => {
      aws.secret = WEBHOOK_URL;
    },
    ends: 'delivered later',
  },
  awsFails('the secret may not be read', 'GetSecretValue', 'AccessDeniedException'),
  awsFails('Secrets Manager answers 500', 'GetSecretValue', 'InternalServiceError', 500),
  awsFails('the table cannot be written', 'PutItem', 'ProvisionedThroughputExceededException'),
  {
    name: 'the table does what it was asked for, and its answer is lost',
    arrange: ({ aws }) => aws.losing.add('PutItem'),
    ends: 'delivered',
  },
  {
    name: 'the dead-letter queue cannot be written when Slack refuses',
    arrange: ({ aws, slack }) => {
      aws.failing.set('SendMessage', { status: 400, type: 'AccessDenied' });
      slack.script.push(answers.refuse(400, 'invalid_payload'));
    },
    mend: ({ aws }) => aws.failing.clear(),
    ends: 'dead-lettered',
    reason: 'the function ended while it was posting: look into the channel',
  },
  {
    name: 'the function is killed while it posts',
    arrange: ({ slack }) => slack.script.push(answers.acceptThenSilence()),
    act: async (world) => {
      const sent = event();
      const cut = world.lambda.invoke([sent]).catch(() => 'killed');
      while (world.slack.channel.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await world.restart();
      await cut;
      await world.deliver([sent]);
    },
    ends: 'dead-lettered',
    reason: 'the function ended while it was posting: look into the channel',
    inChannel: 1,
  },
  {
    name: 'Slack answers 404 `no_service`; the webhook is repaired and the dead letter is moved back',
    arrange: ({ slack }) => slack.script.push(answers.refuse(404, 'no_service')),
    act: async (world) => {
      await world.deliver([event()]);
      const [letter] = world.aws.takeDeadLetters();
      await world.restart();
      const replay = world.moveBack(letter);
      await world.deliver([replay]);
      await world.deliver([world.moveBack(letter)]);
    },
    ends: 'delivered',
  },
  {
    name: 'an event of which nobody knows whether it arrived is moved back',
    arrange: ({ slack }) => slack.script.push(answers.acceptThenReset()),
    act: async (world) => {
      await world.deliver([event()]);
      await world.deliver([world.moveBack(world.aws.deadLetters()[0])]);
    },
    ends: 'dead-lettered',
    reason: 'Slack did not answer: UND_ERR_SOCKET',
    inChannel: 1,
  },
  {
    name: 'the event is delivered twice, to two cold starts',
    arrange: () => {},
    act: async (world) => {
      await world.deliver([event()]);
      await world.restart();
      await world.deliver([event()]);
    },
    ends: 'delivered',
  },
];

/** Lets the fault happen to one event, and the queue deliver until the event is settled. */
export async function suffer(world: World, fault: Fault) {
  await fault.arrange(world);
  if (fault.act) {
    await fault.act(world);
    return { deliveries: 1, left: [] };
  }
  const sent = event();
  const first = await world.deliver([sent], 1);
  if (first.left.length === 0) {
    return first;
  }
  await fault.mend?.(world);
  const rest = await world.deliver(first.left);
  return { deliveries: 1 + rest.deliveries, left: rest.left };
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
