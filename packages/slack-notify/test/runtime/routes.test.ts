import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeEvent } from '../../runtime/messages/describe';
import type { Notice } from '../../runtime/messages/notice';
import { routesOf } from '../../runtime/post-event/routes';
import { SlackKind, SlackSeverity } from '../../src';
import type { NotifyConfig, RouteConfig } from '../../src/event-contract';

const webhook = { secretId: 'secret' };

function names(routes: RouteConfig[], notice: Partial<Notice> = {}): string[] {
  const config = { routes: [...routes, { name: 'default', webhook }] } as NotifyConfig;
  const found = routesOf(config, 'service-app', { kind: 'alarm', severity: 'error', title: '', ...notice });
  return found.map(({ name }) => name);
}

test('the first route that fits takes a message', () => {
  expect(names([{ name: 'one', webhook }])).toEqual(['one']);
});

test('a route that copies leaves the message for the next one', () => {
  expect(names([{ name: 'one', webhook, copy: true }])).toEqual(['one', 'default']);
});

test('a route without a channel drops the message, but not the copies before it', () => {
  expect(names([{ name: 'one', webhook, copy: true }, { name: 'drop' }])).toEqual(['one']);
});

test.each<[string, Partial<RouteConfig>]>([
  ['source', { sources: ['service-other'] }],
  ['severity', { severities: ['info'] }],
  ['kind', { kinds: ['task-died'] }],
  ['one of several', { sources: ['service-app'], kinds: ['task-died'] }],
])('a route whose %s does not fit takes nothing', (_name, filter) => {
  expect(names([{ name: 'one', webhook, ...filter }])).toEqual(['default']);
});

const EVENTS = join(__dirname, '..', 'events');

test.each(readdirSync(EVENTS))('the kind and the severity of %s can be named in a filter', (file) => {
  const notice = describeEvent(readFileSync(join(EVENTS, file), 'utf8'));

  expect(Object.values(SlackKind)).toContain(notice.kind);
  expect(Object.values(SlackSeverity)).toContain(notice.severity);
});
