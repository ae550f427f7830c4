import { parseArgs } from 'node:util';
import { AwsServer } from '../../packages/slack-notify/test/runtime/lambda/aws-server';
import { LambdaProcess } from '../../packages/slack-notify/test/runtime/lambda/lambda-process';
import { SlackServer } from '../../packages/slack-notify/test/runtime/lambda/slack-server';
import { record, sample, WEBHOOK_URL } from '../../packages/slack-notify/test/runtime/lambda/world';
import { writeReport } from '../write-report';
import { type Subject, subjects } from './build-peers';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, bursts: { type: 'string', default: '5' } },
});
const rounds = Number(values.rounds);
const bursts = Number(values.bursts);

async function withServers<T>(act: (slack: SlackServer, aws: AwsServer) => Promise<T>): Promise<T> {
  const [slack, aws] = await Promise.all([SlackServer.start(), AwsServer.start()]);
  aws.secret = WEBHOOK_URL;
  try {
    return await act(slack, aws);
  } finally {
    await Promise.all([slack.stop(), aws.stop()]);
  }
}

function start({ bundle }: Subject, slack: SlackServer, aws: AwsServer) {
  const config = {
    routes: [{ name: 'default', webhook: { secretId: 'secret' } }],
    tableName: aws.tableName,
    burstQueueUrl: `${aws.origin}/111122223333/bursts`,
    burstSeconds: 600,
    deadLetterQueueUrl: `${aws.origin}/111122223333/dead.fifo`,
  };
  const variables = { SLACK_NOTIFY_CONFIG: JSON.stringify(config), AWS_ENDPOINT_URL: aws.origin };
  return LambdaProcess.start(bundle, variables, { 'https://hooks.slack.com': slack.origin, aws: aws.origin });
}

/** Milliseconds from the start of the process until Slack has the message of a task that died. */
function coldStart(subject: Subject): Promise<number> {
  return withServers(async (slack, aws) => {
    const begin = Date.now();
    const lambda = await start(subject, slack, aws);
    await lambda.invoke([record(sample('task-exited', 'event'))]);
    await lambda.kill();
    const [message] = slack.channel;
    if (!message) {
      throw new Error(`${subject.name} did not tell: ${lambda.output}`);
    }
    return message.at - begin;
  });
}

/** Seconds for 1,000 deaths in batches of five, and what the channel and the table say then. */
function burst(subject: Subject) {
  return withServers(async (slack, aws) => {
    const lambda = await start(subject, slack, aws);
    const begin = Date.now();
    for (let batch = 0; batch < 200; batch++) {
      await lambda.invoke([0, 1, 2, 3, 4].map((at) => record(sample('task-exited', `death-${batch}-${at}`))));
    }
    const burstSeconds = (Date.now() - begin) / 1000;
    const { MessageGroupId: _group, ...attributes } = record('').attributes;
    await lambda.invoke([{ ...record(aws.reminders()[0]?.MessageBody ?? ''), attributes }]);
    await lambda.kill();
    const counted = /(\d+) more times/.exec(slack.channel.at(-1)?.message.text ?? '')?.[1];
    if (slack.channel.length !== 2 || counted !== '999' || aws.deadLetters().length > 0) {
      throw new Error(`1,000 deaths became ${slack.channel.length} messages, of which the last says ${counted}`);
    }
    return { seconds: burstSeconds, messages: slack.channel.length };
  });
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const round = (number: number) => Number(number.toPrecision(3));

/** What each subject came to in each round. All take turns, so that none pays alone for servers that have not warmed up. */
async function inTurns<T>(all: Subject[], turns: number, measure: (subject: Subject) => Promise<T>) {
  const measured = new Map<Subject, T[]>(all.map((subject) => [subject, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const subject of all) {
      measured.get(subject)?.push(await measure(subject));
    }
  }
  return (subject: Subject) => measured.get(subject) ?? [];
}

async function main() {
  const all = await subjects();
  const times = await inTurns(all, rounds, coldStart);
  const thousands = await inTurns(all, bursts, burst);
  const [ours] = all;
  const results = all.map((subject) => {
    const own = times(subject);
    const seconds = thousands(subject).map((one) => one.seconds);
    return {
      name: subject.name,
      kilobytes: round(subject.bytes / 1000),
      coldStartToMessageMs: round(median(own)),
      ratioToOurs: round(median(own) / median(ours ? times(ours) : [])),
      burst1000Seconds: round(median(seconds)),
      burst1000Messages: thousands(subject)[0]?.messages,
      spread: {
        lowestMs: Math.min(...own),
        highestMs: Math.max(...own),
        shortestBurstSeconds: Math.min(...seconds),
        longestBurstSeconds: Math.max(...seconds),
      },
    };
  });
  console.table(results.map(({ spread: _spread, ...shown }) => shown));
  const report = {
    benchmark: 'slack',
    what: 'medians of rounds in turns: cold start until the message is in the channel, without network; 1,000 dead tasks in batches of five, told as one message and one that counts',
    rounds,
    bursts,
    node: process.version,
    results,
  };
  writeReport(report);
}

void main();
