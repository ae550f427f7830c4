import { type Change, changedModel, type Json } from '../helpers/assembly';

const HTTPS = 'Resources.Https.Properties';
const doorOf = (change?: Change) => changedModel(change).door;

describe('listeners', () => {
  test('the door is the HTTPS listener', () => {
    const { listenerName, loadBalancerArn, region } = doorOf();
    expect({ listenerName, region }).toEqual({ listenerName: 'Https', region: 'us-east-1' });
    expect(loadBalancerArn).toMatch(
      /^arn:aws:elasticloadbalancing:us-east-1:\d{12}:loadbalancer\/app\/LoadBalancer\/\w{16}$/,
    );
  });

  test('mutual TLS may be off', () => {
    expect(() => doorOf(({ Https }) => (Https.Properties.MutualAuthentication = { Mode: 'off' }))).not.toThrow();
  });

  test('two doors are one too many', () => {
    expect(() => doorOf((resources) => (resources.Second = resources.Https))).toThrow(
      'Resources: the stack must have one HTTPS listener, got: 2.',
    );
  });

  test.each<[string, Json]>([
    ['a redirect to HTTPS', { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_302' } }],
    ['an answer of its own', { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  ])('one without HTTPS may have %s, and a rule of it, too', (_name, action) => {
    const model = doorOf((resources) => {
      resources.HttpRedirect.Properties.DefaultActions = [action];
      resources.HttpRule = structuredClone(resources.TeapotRule);
      Object.assign(resources.HttpRule.Properties, { ListenerArn: { Ref: 'HttpRedirect' }, Actions: [action] });
    });
    expect(model.rules.map(({ name }) => name)).toEqual(doorOf().rules.map(({ name }) => name));
  });

  test('a rule of one without HTTPS may not lead to the app', () => {
    const change: Change = (resources) => {
      resources.HttpRule = structuredClone(resources.PublicRule);
      resources.HttpRule.Properties.ListenerArn = { Ref: 'HttpRedirect' };
    };
    expect(() => doorOf(change)).toThrow(
      'Resources.HttpRule.Properties.Actions: a listener without HTTPS may only redirect to HTTPS: anything else is open to everyone.',
    );
  });

  test.each<[string, Change, string]>([
    [
      'no load balancer',
      ({ Https }) => (Https.Properties.LoadBalancerArn = 'arn'),
      `${HTTPS}.LoadBalancerArn: must point at a resource of this stack, got: "arn".`,
    ],
    [
      'something else as load balancer',
      ({ Https }) => (Https.Properties.LoadBalancerArn = { Ref: 'Task' }),
      `${HTTPS}.LoadBalancerArn: must point at a resource of type AWS::ElasticLoadBalancingV2::LoadBalancer, got:`,
    ],
    [
      'mutual TLS without a mode',
      ({ Https }) => (Https.Properties.MutualAuthentication = 'x'),
      `${HTTPS}.MutualAuthentication: must be an object, got: "x".`,
    ],
    [
      'a rule at no listener',
      ({ TeapotRule }) => (TeapotRule.Properties.ListenerArn = 'arn'),
      'Resources.TeapotRule.Properties.ListenerArn: must point at a resource of this stack, got: "arn".',
    ],
    [
      'a priority in words',
      ({ TeapotRule }) => (TeapotRule.Properties.Priority = 'high'),
      'Resources.TeapotRule.Properties.Priority: must be a whole number, got: "high".',
    ],
    [
      'two rules of one priority',
      ({ TeapotRule }) => (TeapotRule.Properties.Priority = '60'),
      'Rule.Properties.Priority: must be unique, got: 60 twice.',
    ],
    [
      'a rule without conditions',
      ({ TeapotRule }) => delete TeapotRule.Properties.Conditions,
      'Resources.TeapotRule.Properties.Conditions: a rule must have at least one condition.',
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => doorOf(change)).toThrow(sentence);
  });

  test('rules stand in the order of their priorities, the default last', () => {
    const { rules } = doorOf(({ TeapotRule }) => (TeapotRule.Properties.Priority = '9'));
    expect(rules.map(({ name, priority }) => [name, priority])).toEqual([
      ['TeapotRule', 9],
      ['SignOutRule', 10],
      ['ApiRule', 20],
      ['PublicRule', 30],
      ['OldRule', 40],
      ['MachineRule', 60],
      ['Https (default)', Number.POSITIVE_INFINITY],
    ]);
    expect(rules.at(-1)?.conditions).toEqual([]);
  });
});
