import { TemplateRefusal } from '../../src/errors';
import { readConditions } from '../../src/model/conditions';

const read = (...conditions: unknown[]) => readConditions(conditions, 'Conditions');

test('each kind of condition is read', () => {
  expect(
    read(
      { Field: 'host-header', HostHeaderConfig: { Values: ['a.example'] } },
      { Field: 'path-pattern', Values: ['/a', '/b/*'] },
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Kind', Values: ['*'] } },
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: 'b' }, { Value: 1 }] } },
      { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8', '2001:db8::/32'] } },
      { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/a/.*$'] } },
    ),
  ).toEqual([
    { field: 'host-header', values: ['a.example'] },
    { field: 'path-pattern', values: ['/a', '/b/*'] },
    { field: 'http-request-method', values: ['GET'] },
    { field: 'http-header', header: 'x-kind', values: ['*'] },
    { field: 'query-string', values: [{ key: 'a', value: 'b' }, { value: '1' }] },
    { field: 'source-ip', values: ['10.0.0.0/8', '2001:db8::/32'] },
    { field: 'path-expression', values: [/^\/a\/.*$/s] },
  ]);
});

const PATH = 'Conditions.0.PathPatternConfig';

test.each<[string, unknown[], string]>([
  ['none at all', [], 'Conditions: a rule must have at least one condition'],
  ['one without values', [{ Field: 'path-pattern' }], `${PATH}.Values: must have at least one value`],
  ['an unknown kind', [{ Field: 'moon-phase' }], 'Conditions.0.Field: the preview knows host-header, path-pattern,'],
  [
    'a second one that is unknown',
    [{ Field: 'path-pattern', Values: ['/'] }, { Field: 'moon-phase' }],
    'Conditions.1.Field: the preview knows',
  ],
  [
    'an option of another kind',
    [{ Field: 'path-pattern', HostHeaderConfig: {} }],
    'Conditions.0.HostHeaderConfig: the',
  ],
  ['an unknown option', [{ Field: 'path-pattern', PathPatternConfig: { Moon: 1 } }], `${PATH}.Moon: the preview does`],
  [
    'options that are none',
    [{ Field: 'path-pattern', PathPatternConfig: 'x' }],
    `${PATH}: must be an object, got: "x"`,
  ],
  [
    'a header beside a path',
    [{ Field: 'path-pattern', PathPatternConfig: { HttpHeaderName: 'x', Values: ['/'] } }],
    `${PATH}.HttpHeaderName: the preview does not know`,
  ],
  [
    'expressions for a header',
    [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x', RegexValues: ['^a$'] } }],
    'Conditions.0.HttpHeaderConfig.RegexValues: the preview does not know',
  ],
  [
    'a query without values',
    [{ Field: 'query-string', QueryStringConfig: { Values: [] } }],
    'Conditions.0.QueryStringConfig.Values: must have at least one value',
  ],
  ...['10.0.0.0', '10.0.0.0/x', '10.0.0.0/8x', 'x10.0.0.0/8', 'localhost/8', '/8'].map(
    (block): [string, unknown[], string] => [
      `the block ${block}`,
      [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8', block] } }],
      `Conditions.0.SourceIpConfig.Values: must be a block of addresses like 10.0.0.0/8, got: ${block}`,
    ],
  ),
  [
    'a pattern beside an expression',
    [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/$'], Values: ['/'] } }],
    `${PATH}: must have either 'Values' or 'RegexValues'`,
  ],
  [
    'no expression',
    [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: [] } }],
    `${PATH}.RegexValues: must have at least one value`,
  ],
  [
    'a second expression that is wrong',
    [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/$', '/'] } }],
    `${PATH}.RegexValues.1: must begin with '^' and end with '$', got: /`,
  ],
])('%s is refused', (_name, conditions, sentence) => {
  expect(() => read(...conditions)).toThrow(TemplateRefusal);
  expect(() => read(...conditions)).toThrow(sentence);
});
