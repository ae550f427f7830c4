import { parseChannel } from '../../../runtime/cli/parse-channel';
import { parseSend } from '../../../runtime/cli/parse-send';
import { UsageError } from '../../../runtime/cli/usage-error';

const send = (...args: string[]) => parseSend(['--status', 'success', ...args]);
const channel = (...args: string[]) => parseChannel(['--name', 'viz', ...args]);

test.each(['1', '192', '0.25', '12.5', '999999999'])('%s is a number of seconds', (text) => {
  expect(send('--seconds', text).seconds).toBe(Number(text));
});

test.each(['x1', '1x', '1.', '.5', '1.x', '1e3', '1234567890'])('%s is no number of seconds', (text) => {
  expect(() => send('--seconds', text)).toThrow(`'--seconds' must be a number, got: '${text}'`);
});

test('a pair ends its name at the first equals sign', () => {
  expect(send('--fact', 'Image=a=b', '--link', 'D=https://a.b/?c=d')).toMatchObject({
    facts: [['Image', 'a=b']],
    links: [['D', 'https://a.b/?c=d']],
  });
});

test.each([
  ['--fact', 'NAME=VALUE', '=value'],
  ['--fact', 'NAME=VALUE', 'name'],
  ['--link', 'TEXT=URL', '=https://a.b'],
])('%s must have the form %s, %s has not', (flag, form, pair) => {
  expect(() => send(flag, pair)).toThrow(`'${flag}' must have the form ${form}, got: '${pair}'`);
});

test('what is not asked for is off', () => {
  expect(send()).toMatchObject({
    webhookUrlVariable: 'SLACK_WEBHOOK_URL',
    strict: false,
    dryRun: false,
    json: false,
    facts: [],
    links: [],
  });
  expect(channel()).toEqual({
    name: 'viz',
    groups: [],
    emails: [],
    purpose: undefined,
    isPrivate: false,
    dryRun: false,
    json: false,
  });
});

test('what is asked for is on', () => {
  expect(send('--strict', '--dry-run', '--json', '--webhook-url-env', 'OPS_URL2')).toMatchObject({
    webhookUrlVariable: 'OPS_URL2',
    strict: true,
    dryRun: true,
    json: true,
  });
  expect(channel('--private', '--dry-run', '--json', '--invite-email', 'a@b.c', '--purpose', 'p')).toMatchObject({
    emails: ['a@b.c'],
    purpose: 'p',
    isPrivate: true,
    dryRun: true,
    json: true,
  });
});

test('a channel may be written as people write it', () => {
  expect(parseChannel(['--name', '#viz-2_b', '--invite-group', '@data', '--invite-group', 'ops'])).toMatchObject({
    name: 'viz-2_b',
    groups: ['data', 'ops'],
  });
});

test.each([
  [[], ''],
  [['--name', ''], ''],
  [['--name', 'viz#2'], 'viz#2'],
  [['--name', 'x'.repeat(81)], 'x'.repeat(81)],
])('%j names no channel', (args, shown) => {
  expect(() => parseChannel(args)).toThrow(`hyphens and underscores, got: '${shown}'`);
});

test('a sign within the handle of a group stays', () => {
  expect(channel('--invite-group', 'data@night').groups).toEqual(['data@night']);
});

test('a purpose may have 250 characters', () => {
  expect(channel('--purpose', 'x'.repeat(250)).purpose).toHaveLength(250);
  expect(() => channel('--purpose', 'x'.repeat(251))).toThrow('at most 250 characters, got: 251');
});

test.each([
  ['send', () => send('more')],
  ['channel ensure', () => channel('more')],
  ['send', () => send('--nothing')],
  ['channel ensure', () => channel('--nothing')],
])('%s takes nothing that it does not know', (_command, parse) => {
  expect(parse).toThrow(UsageError);
});
