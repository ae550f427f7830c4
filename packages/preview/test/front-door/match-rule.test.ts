import { type Facts, RuleMatcher } from '../../src/front-door/match-rule';
import { type Condition, readConditions } from '../../src/model/conditions';
import type { Rule } from '../../src/model/front-door-model';

const FACTS: Facts = {
  host: 'viz.example.com',
  path: '/a/b',
  query: 'x=1&flag&y=Two',
  method: 'GET',
  clientAddress: '10.1.2.3',
  header: (name) => ({ 'x-kind': ['Robot', 'other'] })[name] ?? [],
};

const rule = (name: string, conditions: readonly Condition[]): Rule => ({
  name,
  priority: 1,
  conditions,
  gates: [],
  answer: { type: 'fixed-response', status: 200, contentType: undefined, body: '' },
});

const matches = (conditions: unknown, facts: Partial<Facts> = {}) =>
  new RuleMatcher([rule('wanted', readConditions(conditions, 'Conditions')), rule('default', [])]).match({
    ...FACTS,
    ...facts,
  }).name === 'wanted';

test.each([
  [{ Field: 'host-header', HostHeaderConfig: { Values: ['*.EXAMPLE.com'] } }, true],
  [{ Field: 'host-header', Values: ['other.example.com'] }, false],
  [{ Field: 'path-pattern', Values: ['/a/*'] }, true],
  [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/A/*', '/c'] } }, false],
  [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/c$', '^/a/.*$'] } }, true],
  [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/A/b$', '^/$'] } }, false],
  [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST', 'GET'] } }, true],
  [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['get'] } }, false],
  [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Kind', Values: ['rob?t'] } }, true],
  [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-None', Values: ['*'] } }, false],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'Y', Value: 'two' }] } }, true],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Value: '1' }] } }, true],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'x', Value: '2' }] } }, false],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'z', Value: '1' }] } }, false],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'x', Value: '2' }, { Value: 'two' }] } }, true],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'FLAG', Value: '' }] } }, true],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'fla', Value: '?' }] } }, false],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'flag', Value: '?*' }] } }, false],
  [{ Field: 'host-header', HostHeaderConfig: { Values: ['other.example.com', 'viz.example.com'] } }, true],
  [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Kind', Values: ['none', 'OTHER'] } }, true],
  [{ Field: 'source-ip', SourceIpConfig: { Values: ['192.168.0.0/16', '10.0.0.0/8'] } }, true],
  [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.1.2.4/32', '::/0'] } }, false],
])('%j matches: %s', (condition, expected) => {
  expect(matches([condition])).toBe(expected);
});

test.each([
  ['/static/app.css', false],
  ['/static/v1.0/a%20b', false],
  ['/static/../secret', true],
  ['/static/%2e%2e/secret', true],
  ['/static/%2E./secret', true],
  ['/static/a%252e', true],
  ['/static/\n/..', true],
  ['/other/..', false],
])('the expression for what leads out of a folder matches %j: %s', (path, expected) => {
  const expression = '^/static/.*(\\.\\.|%2[eE]|%25).*$';

  expect(matches([{ Field: 'path-pattern', PathPatternConfig: { RegexValues: [expression] } }], { path })).toBe(
    expected,
  );
});

test('all conditions of a rule must hold', () => {
  const path = { Field: 'path-pattern', Values: ['/a/*'] };
  expect(matches([path, { Field: 'host-header', Values: ['viz.*'] }])).toBe(true);
  expect(matches([path, { Field: 'host-header', Values: ['other.*'] }])).toBe(false);
});

test('an IPv6 address is held against IPv6 blocks', () => {
  expect(
    matches([{ Field: 'source-ip', SourceIpConfig: { Values: ['2001:db8::/32'] } }], { clientAddress: '2001:db8::1' }),
  ).toBe(true);
});
