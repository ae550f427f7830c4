import { type Change, changedModel } from '../helpers/assembly';

const HTTPS = 'Resources.Https.Properties';
const BALANCER = 'Resources.LoadBalancer.Properties';
const doorOf = (change?: Change) => changedModel(change).door;
const set =
  (key: string, value: unknown): Change =>
  ({ LoadBalancer }) =>
    LoadBalancer.Properties.LoadBalancerAttributes.push({ Key: key, Value: value });

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
