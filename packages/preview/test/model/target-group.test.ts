import { type Change, changedModel } from '../helpers/assembly';

describe('target groups', () => {
  const appOf = (change?: Change) => {
    const [group] = changedModel(change).targetGroups.filter(({ type }) => type === 'app');
    return group as Extract<typeof group, { type: 'app' }>;
  };
  const AT = 'Resources.AppTargets.Properties';

  test('each is named once, however many rules lead to it', () => {
    expect(changedModel().targetGroups.map(({ name }) => name)).toEqual(['SignOutTargets', 'AppTargets']);
  });

  test('of an app have a health check', () => {
    expect(appOf().healthCheck).toMatchObject({ path: '/healthz', timeoutSeconds: 2 });
    const bare = appOf(({ AppTargets }) => {
      AppTargets.Properties = { Protocol: 'HTTP' };
    });
    expect(bare.healthCheck).toMatchObject({ path: '/', timeoutSeconds: 5 });
    expect([199, 200, 201].map((status) => bare.healthCheck.matches(status))).toEqual([false, true, false]);
  });

  test.each<[string, number[], number[]]>([
    ['200', [200], [199, 201]],
    ['200,302', [200, 302], [201, 301, 303]],
    [' 200 - 299', [], []],
    ['200-299', [200, 250, 299], [199, 300]],
    ['200-204, 401', [200, 204, 401], [205, 400, 402]],
  ])('the matcher %s is read', (code, healthy, sick) => {
    const read = () =>
      appOf(({ AppTargets }) => (AppTargets.Properties.Matcher = { HttpCode: code })).healthCheck.matches;
    if (healthy.length === 0) {
      expect(read).toThrow(`${AT}.Matcher.HttpCode: must be status codes like 200,302 or 200-299, got: ${code}.`);
      return;
    }
    const matches = read();
    expect(healthy.filter((status) => !matches(status))).toEqual([]);
    expect(sick.filter((status) => matches(status))).toEqual([]);
  });

  test.each([
    'deregistration_delay.timeout_seconds',
    'slow_start.duration_seconds',
    'load_balancing.algorithm.type',
    'target_group_health.dns_failover.minimum_healthy_targets.count',
    'stickiness.enabled',
    'stickiness.type',
    'stickiness.lb_cookie.duration_seconds',
  ])('of an app may have %s', (Key) => {
    const withIt =
      (name: string): Change =>
      ({ AppTargets }) =>
        (AppTargets.Properties.TargetGroupAttributes = [{ Key: name, Value: '1' }]);
    expect(() => appOf(withIt(Key))).not.toThrow();
    expect(() => appOf(withIt(`x.${Key}`))).toThrow(
      `${AT}.TargetGroupAttributes: the preview does not know the attribute x.${Key}.`,
    );
  });

  test('of a function name it', () => {
    const [group] = changedModel().targetGroups;
    expect(group).toEqual({
      type: 'lambda',
      name: 'SignOutTargets',
      arn: expect.stringMatching(/:targetgroup\/SignOutTargets\/\w{16}$/),
      functionName: 'SignOut',
      multiValueHeaders: true,
    });
    const [plain] = changedModel(
      ({ SignOutTargets }) => delete SignOutTargets.Properties.TargetGroupAttributes,
    ).targetGroups;
    expect(plain).toMatchObject({ multiValueHeaders: false });
  });

  test.each<[string, Change, string]>([
    [
      'a function with attributes of an app',
      ({ SignOutTargets }) => (SignOutTargets.Properties.TargetGroupAttributes[0].Key = 'stickiness.enabled'),
      'Resources.SignOutTargets.Properties.TargetGroupAttributes: the preview does not know the attribute stickiness.enabled.',
    ],
    [
      'an app with attributes of a function',
      ({ AppTargets }) => (AppTargets.Properties.TargetGroupAttributes[0].Key = 'lambda.multi_value_headers.enabled'),
      'the preview does not know the attribute lambda.multi_value_headers.enabled.',
    ],
    [
      'no function',
      ({ SignOutTargets }) => delete SignOutTargets.Properties.Targets,
      'Resources.SignOutTargets.Properties.Targets: must be one Lambda function, got: 0.',
    ],
    [
      'what is no function',
      ({ SignOutTargets }) => (SignOutTargets.Properties.Targets[0].Id = { Ref: 'Task' }),
      'Resources.SignOutTargets.Properties.Targets.0.Id: must point at a resource of type AWS::Lambda::Function, got:',
    ],
    [
      'a load balancer as target',
      ({ AppTargets }) => (AppTargets.Properties.TargetType = 'alb'),
      `${AT}.TargetType: the preview knows ip, instance, lambda, got: "alb".`,
    ],
    [
      'an unknown property',
      ({ AppTargets }) => (AppTargets.Properties.Moon = 1),
      `${AT}.Moon: the preview does not know this property.`,
    ],
    [
      'an unknown matcher',
      ({ AppTargets }) => (AppTargets.Properties.Matcher = { GrpcCode: '0' }),
      `${AT}.Matcher.GrpcCode: the preview does not know this property.`,
    ],
    [
      'a matcher with more before and after it',
      ({ AppTargets }) => (AppTargets.Properties.Matcher = { HttpCode: 'x200' }),
      `${AT}.Matcher.HttpCode: must be status codes like 200,302 or 200-299, got: x200.`,
    ],
    [
      'a matcher with more after it',
      ({ AppTargets }) => (AppTargets.Properties.Matcher = { HttpCode: '2000' }),
      `${AT}.Matcher.HttpCode: must be status codes like 200,302 or 200-299, got: 2000.`,
    ],
    [
      'a timeout in words',
      ({ AppTargets }) => (AppTargets.Properties.HealthCheckTimeoutSeconds = 'long'),
      `${AT}.HealthCheckTimeoutSeconds: must be a whole number, got: "long".`,
    ],
    [
      'a path that only AWS knows',
      ({ AppTargets }) => (AppTargets.Properties.HealthCheckPath = { 'Fn::GetAtt': ['Certificate', 'Arn'] }),
      `${AT}.HealthCheckPath: Certificate (`,
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => changedModel(change)).toThrow(sentence);
  });
});
