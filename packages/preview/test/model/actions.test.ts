import { type Change, changedModel, type Json } from '../helpers/assembly';

const answer =
  (...actions: Json[]): Change =>
  ({ TeapotRule }) => {
    TeapotRule.Properties.Actions = actions;
  };
/** What the rule of the teapot has become. */
const teapot = (change: Change) => changedModel(change).door.rules.find(({ name }) => name === 'TeapotRule')!;

describe('actions', () => {
  const redirect = (config: Json): Json => ({
    Type: 'redirect',
    RedirectConfig: { StatusCode: 'HTTP_301', ...config },
  });
  const fixed = (config: Json): Json => ({ Type: 'fixed-response', FixedResponseConfig: config });
  const AT = 'Resources.TeapotRule.Properties.Actions';

  test('go by their order, not by their place', () => {
    const { gates, answer: last } = teapot(({ TeapotRule, ApiRule }) => {
      TeapotRule.Properties.Actions = [...ApiRule.Properties.Actions].reverse();
    });
    expect(gates.map(({ type }) => type)).toEqual(['authenticate']);
    expect(last.type).toBe('forward');
  });

  test('a fixed answer has status, type and body', () => {
    expect(teapot(() => undefined).answer).toEqual({
      type: 'fixed-response',
      status: 418,
      contentType: 'text/plain',
      body: 'short and stout',
    });
    expect(teapot(answer(fixed({ StatusCode: 200 }))).answer).toEqual({
      type: 'fixed-response',
      status: 200,
      contentType: undefined,
      body: '',
    });
  });

  test.each([200, 299, 400, 599])('a fixed answer may have the status %i', (status) => {
    expect(teapot(answer(fixed({ StatusCode: String(status) }))).answer).toMatchObject({ status });
  });

  test.each([199, 300, 399, 600])('a fixed answer may not have the status %i', (status) => {
    expect(() => teapot(answer(fixed({ StatusCode: status })))).toThrow(
      `${AT}.0.FixedResponseConfig.StatusCode: must be 2xx, 4xx or 5xx, got: ${status}.`,
    );
  });

  test('a redirect keeps what it does not name', () => {
    expect(teapot(answer(redirect({}))).answer).toEqual({
      type: 'redirect',
      status: 301,
      protocol: '#{PROTOCOL}',
      host: '#{host}',
      port: '#{port}',
      path: '/#{path}',
      query: '#{query}',
    });
    const all = { Protocol: 'https', Host: 'h', Port: 8443, Path: '/p', Query: 'q=#{query}', StatusCode: 'HTTP_302' };
    expect(teapot(answer(redirect(all))).answer).toEqual({
      type: 'redirect',
      status: 302,
      protocol: 'HTTPS',
      host: 'h',
      port: '8443',
      path: '/p',
      query: 'q=#{query}',
    });
  });

  test('a forward may have one target group or several with weights', () => {
    const one = teapot(answer({ Type: 'forward', TargetGroupArn: { Ref: 'AppTargets' } })).answer;
    expect(one).toMatchObject({ type: 'forward', targets: [{ group: { name: 'AppTargets' }, weight: 1 }] });
    const groups = [
      { TargetGroupArn: { Ref: 'AppTargets' }, Weight: '3' },
      { TargetGroupArn: { Ref: 'SignOutTargets' } },
    ];
    const config = { TargetGroups: groups, TargetGroupStickinessConfig: { Enabled: false } };
    expect(teapot(answer({ Type: 'forward', ForwardConfig: config })).answer).toMatchObject({
      targets: [
        { group: { name: 'AppTargets' }, weight: 3 },
        { group: { name: 'SignOutTargets' }, weight: 1 },
      ],
    });
  });

  test('whoever is kept on the only target group may be kept there', () => {
    const config = {
      TargetGroups: [{ TargetGroupArn: { Ref: 'AppTargets' } }],
      TargetGroupStickinessConfig: { Enabled: true },
    };
    expect(() => teapot(answer({ Type: 'forward', ForwardConfig: config }))).not.toThrow();
  });

  test.each<[string, Json[], string]>([
    ['none', [], `${AT}: the last action must be forward, redirect or fixed-response.`],
    [
      'two answers',
      [
        { ...fixed({ StatusCode: 200 }), Order: 1 },
        { ...fixed({ StatusCode: 200 }), Order: 2 },
      ],
      `${AT}: fixed-response must be the last action.`,
    ],
    [
      'an answer and another after it',
      [
        { ...redirect({}), Order: 2 },
        { ...fixed({ StatusCode: 200 }), Order: 1 },
      ],
      `${AT}: fixed-response must be the last action.`,
    ],
    [
      'two without an order',
      [fixed({ StatusCode: 200 }), fixed({ StatusCode: 200 })],
      '.Order: must be a whole number, got: undefined.',
    ],
    [
      'the options of another kind',
      [{ ...fixed({ StatusCode: 200 }), RedirectConfig: {} }],
      `${AT}.0.RedirectConfig: the preview does not know this property.`,
    ],
    [
      'a target group of an answer',
      [{ ...fixed({ StatusCode: 200 }), TargetGroupArn: 'a' }],
      `${AT}.0.TargetGroupArn: the preview does not know this property.`,
    ],
    ['no options', [{ Type: 'redirect' }], `${AT}.0.RedirectConfig: must be an object, got: undefined.`],
    [
      'no kind',
      [{}],
      `${AT}.0.Type: the preview knows authenticate-cognito, authenticate-oidc, jwt-validation, forward`,
    ],
    [
      'an unknown option of a redirect',
      [redirect({ Moon: 1 })],
      `${AT}.0.RedirectConfig.Moon: the preview does not know this property.`,
    ],
    [
      'another status of a redirect',
      [redirect({ StatusCode: 'HTTP_307' })],
      `${AT}.0.RedirectConfig.StatusCode: the preview knows HTTP_301, HTTP_302, got: "HTTP_307".`,
    ],
    [
      'another protocol',
      [redirect({ Protocol: 'ftp' })],
      `${AT}.0.RedirectConfig.Protocol: the preview knows HTTP, HTTPS, #{PROTOCOL}, got: "FTP".`,
    ],
    [
      'an unknown placeholder beside one that is known',
      [redirect({ Query: '#{query}&#{}' })],
      `${AT}.0.RedirectConfig.Query: the preview does not know #{}.`,
    ],
    [
      'an unknown option of a fixed answer',
      [fixed({ StatusCode: 200, Moon: 1 })],
      `${AT}.0.FixedResponseConfig.Moon: the preview does not know this property.`,
    ],
    [
      'an unknown option of a forward',
      [{ Type: 'forward', ForwardConfig: { Moon: 1 } }],
      `${AT}.0.ForwardConfig.Moon: the preview does not know this property.`,
    ],
    [
      'an unknown option of a target',
      [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ Moon: 1 }] } }],
      `${AT}.0.ForwardConfig.TargetGroups.0.Moon: the preview does not know this property.`,
    ],
    [
      'a forward to nowhere',
      [{ Type: 'forward' }],
      `${AT}.0.ForwardConfig.TargetGroups.0.TargetGroupArn: must point at a resource of this stack, got: undefined.`,
    ],
    [
      'a weight in words',
      [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'AppTargets' }, Weight: 'a' }] } }],
      `${AT}.0.ForwardConfig.TargetGroups.0.Weight: must be a whole number, got: "a".`,
    ],
  ])('%s: refused', (_name, actions, sentence) => {
    expect(() => teapot(answer(...actions))).toThrow(sentence);
  });
});
