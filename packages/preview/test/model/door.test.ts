import { type Change, changedModel, type Json } from '../helpers/assembly';

const HTTPS = 'Resources.Https.Properties';
const BALANCER = 'Resources.LoadBalancer.Properties';
const doorOf = (change?: Change) => changedModel(change).door;
const set =
  (key: string, value: unknown): Change =>
  ({ LoadBalancer }) =>
    LoadBalancer.Properties.LoadBalancerAttributes.push({ Key: key, Value: value });
const answer =
  (...actions: Json[]): Change =>
  ({ TeapotRule }) => {
    TeapotRule.Properties.Actions = actions;
  };
/** What the rule of the teapot has become. */
const teapot = (change: Change) => doorOf(change).rules.find(({ name }) => name === 'TeapotRule')!;

describe('the attributes of the door', () => {
  test('are those of the load balancer where nothing is said', () => {
    const bare: Change = ({ LoadBalancer, Https }) => {
      delete LoadBalancer.Properties.LoadBalancerAttributes;
      delete LoadBalancer.Properties.Type;
      delete Https.Properties.ListenerAttributes;
    };
    expect(doorOf(bare).attributes).toEqual({
      idleTimeoutSeconds: 60,
      dropInvalidHeaders: false,
      preserveHostHeader: false,
      xffMode: 'append',
      xffClientPort: false,
      responseHeaders: new Map(),
      serverHeader: true,
    });
  });

  test('say nothing of the load balancer where that is asked for', () => {
    expect(doorOf().attributes.serverHeader).toBe(false);
  });

  test('are what load balancer and listener say', () => {
    const all: Change = ({ LoadBalancer, Https }) => {
      LoadBalancer.Properties.LoadBalancerAttributes = Object.entries({
        'idle_timeout.timeout_seconds': '120',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
        'routing.http.preserve_host_header.enabled': 'true',
        'routing.http.xff_client_port.enabled': 'true',
        'routing.http.xff_header_processing.mode': 'remove',
        'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
      }).map(([Key, Value]) => ({ Key, Value }));
      Https.Properties.ListenerAttributes = [
        { Key: 'routing.http.response.server.enabled', Value: 'true' },
        { Key: 'routing.http.response.x_frame_options.header_value', Value: 'DENY' },
      ];
    };
    expect(doorOf(all).attributes).toEqual({
      idleTimeoutSeconds: 120,
      dropInvalidHeaders: true,
      preserveHostHeader: true,
      xffMode: 'remove',
      xffClientPort: true,
      responseHeaders: new Map([['x-frame-options', 'DENY']]),
      serverHeader: true,
    });
  });

  test.each([
    'strict-transport-security',
    'content-security-policy',
    'x-content-type-options',
    'x-frame-options',
    'access-control-allow-origin',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-allow-credentials',
    'access-control-expose-headers',
    'access-control-max-age',
  ])('may put %s into every answer', (header) => {
    const key = `routing.http.response.${header.replaceAll('-', '_')}.header_value`;
    const { attributes } = doorOf(({ Https }) => {
      Https.Properties.ListenerAttributes = [{ Key: key, Value: 'x' }];
    });
    expect([...attributes.responseHeaders]).toEqual([[header, 'x']]);
    expect(attributes.serverHeader).toBe(true);
  });

  test.each([
    'access_logs.s3.enabled',
    'connection_logs.s3.enabled',
    'health_check_logs.s3.enabled',
    'deletion_protection.enabled',
    'load_balancing.cross_zone.enabled',
    'waf.fail_open.enabled',
    'zonal_shift.config.enabled',
    'ipv6.deny_all_igw_traffic',
    'client_keep_alive.seconds',
    'routing.http2.enabled',
    'routing.http.desync_mitigation_mode',
  ])('may hold %s, which changes no answer', (key) => {
    expect(doorOf(set(key, 'x')).attributes).toEqual(doorOf().attributes);
    expect(() => doorOf(set(`x.${key}`, 'x'))).toThrow(`the preview does not know the attribute x.${key}`);
  });

  test('may name the bucket of a log, which is not on this machine', () => {
    const bucket = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
    for (const kind of ['access', 'connection', 'health_check']) {
      expect(doorOf(set(`${kind}_logs.s3.bucket`, bucket)).attributes).toEqual(doorOf().attributes);
    }
    expect(() => doorOf(set('some.access_logs.s3.bucket', bucket))).toThrow(/Fn::GetAtt must name a resource/);
  });

  test.each<[string, Change, string]>([
    [
      'the end of one that is known',
      set('deletion_protection.enabled.x', 'true'),
      `${BALANCER}.LoadBalancerAttributes: the preview does not know the attribute deletion_protection.enabled.x.`,
    ],
    [
      'a header with the TLS version',
      set('routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'true'),
      `${BALANCER}.LoadBalancerAttributes: the preview has no TLS version and cipher to put into a header.`,
    ],
    [
      'an idle timeout in words',
      set('idle_timeout.timeout_seconds', 'long'),
      `${BALANCER}.LoadBalancerAttributes: must be a whole number, got: "long".`,
    ],
    [
      'another way with X-Forwarded-For',
      set('routing.http.xff_header_processing.mode', 'shuffle'),
      'the preview knows append, preserve, remove, got: "shuffle".',
    ],
    [
      'a flag that is none',
      set('routing.http.preserve_host_header.enabled', '1'),
      `${BALANCER}.LoadBalancerAttributes: must be true or false, got: "1".`,
    ],
    [
      'a header of two lines',
      ({ Https }) => {
        Https.Properties.ListenerAttributes = [
          { Key: 'routing.http.response.x_frame_options.header_value', Value: 'DENY\nX: y' },
        ];
      },
      `${HTTPS}.ListenerAttributes: the value of x-frame-options must be one line.`,
    ],
    [
      'a header that a listener cannot put there',
      ({ Https }) => {
        Https.Properties.ListenerAttributes = [{ Key: 'routing.http.response.x_mine.header_value', Value: 'a' }];
      },
      'the preview does not know the attribute routing.http.response.x_mine.header_value.',
    ],
    ...[
      'x.routing.http.response.x_frame_options.header_value',
      'routing.http.response.x_frame_options.header_value.x',
    ].map((Key): [string, Change, string] => [
      `the attribute ${Key}`,
      ({ Https }) => (Https.Properties.ListenerAttributes = [{ Key, Value: 'a' }]),
      `${HTTPS}.ListenerAttributes: the preview does not know the attribute ${Key}.`,
    ]),
    [
      'attributes of a listener that are no list',
      ({ Https }) => (Https.Properties.ListenerAttributes = 'x'),
      `${HTTPS}.ListenerAttributes: must be a list of objects, got: "x".`,
    ],
    [
      'attributes that are no list',
      ({ LoadBalancer }) => (LoadBalancer.Properties.LoadBalancerAttributes = 'x'),
      `${BALANCER}.LoadBalancerAttributes: must be a list of objects, got: "x".`,
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => doorOf(change)).toThrow(sentence);
  });
});

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
