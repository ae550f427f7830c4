import { Match } from 'aws-cdk-lib/assertions';
import { FrameOptions, type SecurityHeaders } from '../src';
import { synthesize } from './fixture';

function attributes(securityHeaders?: SecurityHeaders): Record<string, string> {
  const listeners = Object.values(
    synthesize({ securityHeaders }).findResources('AWS::ElasticLoadBalancingV2::Listener', {
      Properties: { Port: 443, ListenerAttributes: Match.anyValue() },
    }),
  );
  return Object.fromEntries(
    listeners[0].Properties.ListenerAttributes.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]),
  );
}

test('every answer asks for HTTPS, forbids frames and guessing, and does not name the server', () => {
  expect(attributes()).toEqual({
    'routing.http.response.strict_transport_security.header_value': 'max-age=31536000',
    'routing.http.response.x_content_type_options.header_value': 'nosniff',
    'routing.http.response.x_frame_options.header_value': 'DENY',
    'routing.http.response.server.enabled': 'false',
  });
});

test('each header can be changed', () => {
  expect(
    attributes({
      strictTransportSecurity: 'max-age=63072000; includeSubDomains; preload',
      contentSecurityPolicy: "default-src 'self'",
      frameOptions: FrameOptions.SAMEORIGIN,
      serverHeader: true,
    }),
  ).toMatchObject({
    'routing.http.response.strict_transport_security.header_value': 'max-age=63072000; includeSubDomains; preload',
    'routing.http.response.content_security_policy.header_value': "default-src 'self'",
    'routing.http.response.x_frame_options.header_value': 'SAMEORIGIN',
    'routing.http.response.server.enabled': 'true',
  });
});

test.each([
  [{ contentSecurityPolicy: "default-src 'self'\r\nset-cookie: a=b" }, /contentSecurityPolicy/],
  [{ contentSecurityPolicy: '' }, /contentSecurityPolicy/],
  [{ strictTransportSecurity: 'includeSubDomains' }, /strictTransportSecurity' must have a max-age/],
])('a header that browsers could not read is refused: %j', (headers, message) => {
  expect(() => synthesize({ securityHeaders: headers })).toThrow(message);
});
