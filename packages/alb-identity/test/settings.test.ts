import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFromEnvironment, validateSettings } from '../src';
import { keyEndpointOf } from '../src/key-endpoint';
import { ARN, CLIENT, ISSUER } from './authority';

const SETTINGS = { loadBalancerArn: ARN, clientId: CLIENT, issuer: ISSUER };
const ENVIRONMENT = {
  ALB_IDENTITY_LOAD_BALANCER_ARN: ARN,
  ALB_IDENTITY_CLIENT_ID: CLIENT,
  ALB_IDENTITY_ISSUER: ISSUER,
};

test('settings are read from the environment', () => {
  expect(settingsFromEnvironment({ ...ENVIRONMENT, ALB_IDENTITY_KEY_ENDPOINT: '' })).toEqual(SETTINGS);
});

test("the addresses of keys may be set, as for a preview on one's own machine", () => {
  const keys = { ALB_IDENTITY_KEY_ENDPOINT: 'http://localhost:9/keys', ALB_IDENTITY_JWKS_URI: 'http://[::1]:9/jwks' };

  const settings = settingsFromEnvironment({ ...ENVIRONMENT, ...keys });

  expect(settings).toMatchObject({ keyEndpoint: 'http://localhost:9/keys', jwksUri: 'http://[::1]:9/jwks' });
  expect(() => validateSettings(settings)).not.toThrow();
});

test.each([0, 300])('a leeway of %i seconds is the edge of what is allowed', (leewaySeconds) => {
  expect(() => validateSettings({ ...SETTINGS, leewaySeconds })).not.toThrow();
});

test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('a load balancer may be in the partition %s', (partition) => {
  const loadBalancerArn = ARN.replace('arn:aws:', `arn:${partition}:`);

  expect(() => validateSettings({ ...SETTINGS, loadBalancerArn })).not.toThrow();
});

test.each(Object.keys(ENVIRONMENT))('%s must be set', (name) => {
  expect(() => settingsFromEnvironment({ ...ENVIRONMENT, [name]: '' })).toThrow(`'${name}' must be set`);
});

test.each([
  [{ loadBalancerArn: 'door' }, "'loadBalancerArn' must be the ARN of a load balancer, got: door"],
  [{ loadBalancerArn: `x${ARN}` }, "'loadBalancerArn' must be"],
  [{ loadBalancerArn: `${ARN}/x` }, "'loadBalancerArn' must be"],
  [{ clientId: '' }, "'clientId' must be"],
  [{ issuer: 'http://id.example.com' }, "'issuer' must be an HTTPS URL"],
  [{ issuer: 'x https://id.example.com' }, "'issuer' must be an HTTPS URL"],
  [{ keyEndpoint: 'x https://keys.example.com' }, "'keyEndpoint' must be an HTTPS URL"],
  [{ keyEndpoint: 'http://keys.example.com' }, "'keyEndpoint' must be an HTTPS URL"],
  [{ keyEndpoint: 'http://localhost.example.com' }, "'keyEndpoint' must be an HTTPS URL"],
  [{ jwksUri: 'file:///etc/keys' }, "'jwksUri' must be an HTTPS URL"],
  [{ leewaySeconds: 3600 }, "'leewaySeconds' must be from 0 to 300"],
  [{ leewaySeconds: -1 }, "'leewaySeconds' must be from 0 to 300"],
])('a setting that would believe the wrong ones is refused: %j', (changes, message) => {
  expect(() => validateSettings({ ...SETTINGS, ...changes })).toThrow(message);
});

test.each([
  ['aws', 'eu-west-1', 'https://public-keys.auth.elb.eu-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'https://public-keys.auth.elb.cn-north-1.amazonaws.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1'],
])('in the partition %s keys come from its own address', (partition, region, endpoint) => {
  expect(keyEndpointOf(ARN.replace('arn:aws:', `arn:${partition}:`).replace('eu-west-1', region))).toBe(endpoint);
});

test('every variable and every code of an error is in the README', () => {
  const read = (...names: string[]) => readFileSync(join(__dirname, '..', ...names), 'utf8');
  const variables = [...new Set(read('src', 'settings.ts').match(/ALB_IDENTITY_\w+/g))];
  const codes = [.../IdentityErrorCode = (.+);/.exec(read('src', 'errors.ts'))![1].matchAll(/'([\w-]+)'/g)];

  expect(variables).toHaveLength(5);
  expect(codes).toHaveLength(4);
  for (const name of [...variables, ...codes.map(([, code]) => code)]) {
    expect(read('README.md')).toContain(`\`${name}\``);
  }
});
