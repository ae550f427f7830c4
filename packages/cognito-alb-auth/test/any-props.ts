import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Mfa, UserPool, UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, type IApplicationLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { type AllowList, type CognitoAlbAuthProps, FrameOptions, IdentityProvider } from '../src';
import { covers } from '../src/paths';
import { addHelloService } from './hello-service';

/** Every property must be named, so that a new one cannot be forgotten here. */
export type Every<Props> = { [Name in keyof Required<Props>]: Props[Name] };

const RESERVED = ['/logout', '/signed-out', '/oauth2/idpresponse'];
const segment = fc.stringMatching(/^[a-zA-Z0-9._~$&'+:@-]{1,8}$/).filter((text) => !/^\.\.?$/.test(text));

/** A path that the construct takes: exact, or a folder. */
export const anyPath = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, folder]) => `/${[...segments, ...(folder ? ['*'] : [])].join('/')}`)
  .filter((text) => text !== '/*' && !RESERVED.some((one) => covers(text, one)));

/** Public paths, and those that answer 401: none is in both. */
export function anyPaths(maxLength: number) {
  return fc
    .tuple(fc.uniqueArray(anyPath, { maxLength }), fc.nat({ max: maxLength }))
    .map(([paths, split]) => ({ publicPaths: paths.slice(0, split), apiPaths: paths.slice(split) }));
}

export function anyMachineAccess(maxLength: number) {
  return fc.option(
    fc.record({
      paths: fc.uniqueArray(anyPath, { minLength: 1, maxLength }),
      clients: fc.subarray(['job', 'nightly-report'], { minLength: 1 }),
      minutes: fc.option(fc.integer({ min: 5, max: 1440 })),
    }),
  );
}
type MachineChoice = NonNullable<ReturnType<typeof anyMachineAccess> extends fc.Arbitrary<infer T> ? T : never>;

export function machineAccessOf(choice: MachineChoice | null) {
  return choice
    ? {
        paths: choice.paths,
        clients: choice.clients,
        tokenValidity: choice.minutes === null ? undefined : Duration.minutes(choice.minutes),
      }
    : undefined;
}

export const anyAllowList = fc.constantFrom<(AllowList | undefined)[]>(
  undefined,
  { emailDomains: ['example.com'] },
  { groups: ['viz'] },
  { emailDomains: ['example.com', 'example.org'], groups: ['viz', 'ops'] },
);
export const anyBranding = fc.constantFrom(undefined, {}, { settings: { components: { form: { borderRadius: 8 } } } });
export const anySecurityHeaders = fc.constantFrom(
  undefined,
  {},
  { serverHeader: true, frameOptions: FrameOptions.SAMEORIGIN },
  { strictTransportSecurity: 'max-age=60', contentSecurityPolicy: "default-src 'self'" },
);
export const anyFirewall = fc.constantFrom(undefined, {}, { requestsPerFiveMinutes: 10 });
export const anyRemovalPolicy = fc.constantFrom(undefined, RemovalPolicy.DESTROY, RemovalPolicy.RETAIN);
export const anyAddress = fc.constantFrom('zone', 'certificate', 'both');
export const anyProviders = fc.uniqueArray(fc.constantFrom('entra', 'google', 'okta', 'oidc', 'saml'), {
  maxLength: 5,
});
export const anyLogs = fc.constantFrom('none', 'own bucket', 'their bucket');
const seconds = (min: number, max: number) => fc.option(fc.integer({ min, max }));

/** One value of each property as data: equal choices make equal templates. */
export const anyChoice = fc
  .record({
    paths: anyPaths(24),
    machines: anyMachineAccess(9),
    allow: anyAllowList,
    providers: anyProviders,
    passwordSignIn: fc.option(fc.boolean()),
    mfa: fc.constantFrom(undefined, Mfa.OFF, Mfa.OPTIONAL, Mfa.REQUIRED),
    passkeys: fc.boolean(),
    branding: anyBranding,
    securityHeaders: anySecurityHeaders,
    firewall: anyFirewall,
    logs: anyLogs,
    sessionSeconds: seconds(1, 604_800),
    deregistrationSeconds: seconds(0, 3600),
    healthCheckPath: fc.constantFrom(undefined, '/', '/about'),
    deletionProtection: fc.option(fc.boolean()),
    removalPolicy: anyRemovalPolicy,
    signInDomainPrefix: fc.constantFrom(undefined, 'viz-of-us'),
    address: anyAddress,
    target: fc.constantFrom('address', 'service'),
    loadBalancer: fc.constantFrom('own', 'own', 'theirs'),
    pool: fc.constantFrom('own', 'own', 'theirs'),
  })
  .map(possible);
export type Choice = typeof anyChoice extends fc.Arbitrary<infer T> ? T : never;

/** What the construct refuses to combine is another test's business. */
function possible<
  T extends { providers: string[]; passwordSignIn: boolean | null; passkeys: boolean; mfa?: Mfa; allow?: AllowList } & {
    pool: string;
    signInDomainPrefix?: string;
  },
>(choice: T): T {
  const theirs = choice.pool === 'theirs';
  const providers = choice.providers.filter((name) => !(theirs && name === 'google'));
  const passwordSignIn = providers.length === 0 ? null : choice.passwordSignIn;
  return {
    ...choice,
    providers,
    passwordSignIn,
    allow: providers.includes('google') ? (choice.allow ?? { emailDomains: ['example.com'] }) : choice.allow,
    passkeys: choice.passkeys && (passwordSignIn ?? providers.length === 0),
    ...(theirs ? { allow: undefined, mfa: undefined, passkeys: false, signInDomainPrefix: undefined } : {}),
  };
}

export function providersOf(stack: Stack, names: readonly string[]): IdentityProvider[] {
  const client = { clientId: 'client', clientSecret: Secret.fromSecretNameV2(stack, 'ProviderSecret', 'provider') };
  const make: Record<string, () => IdentityProvider> = {
    entra: () =>
      IdentityProvider.entraId({ ...client, tenantId: '00000000-0000-4000-8000-000000000000', groupsClaim: 'groups' }),
    google: () => IdentityProvider.google(client),
    okta: () => IdentityProvider.okta({ ...client, domain: 'example.okta.com', groupsClaim: 'groups' }),
    oidc: () => IdentityProvider.oidc({ ...client, issuerUrl: 'https://id.example.com' }),
    saml: () =>
      IdentityProvider.saml({
        metadata: UserPoolIdentityProviderSamlMetadata.url('https://saml.example.com/metadata'),
        groupsAttribute: 'groups',
        signOutAtProvider: true,
      }),
  };
  return names.map((name) => make[name]());
}

export function accessLogsOf(stack: Stack, logs: string) {
  return {
    none: undefined,
    'own bucket': {},
    'their bucket': { bucket: Bucket.fromBucketName(stack, 'Logs', 'logs') },
  }[logs];
}

/** Where the address comes from: a zone, a certificate, or both. */
export function addressOf(stack: Stack, address: string) {
  const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/mine';
  return {
    hostedZone:
      address === 'certificate'
        ? undefined
        : HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789', zoneName: 'example.com' }),
    certificate: address === 'zone' ? undefined : Certificate.fromCertificateArn(stack, 'Theirs', arn),
  };
}

function networkOf(stack: Stack, kind: string): { vpc: IVpc; target: IApplicationLoadBalancerTarget } {
  if (kind === 'service') {
    const { vpc, service } = addHelloService(stack);
    return { vpc, target: service };
  }
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
  });
  return { vpc, target: new IpTarget('10.0.0.10', 80) };
}

/** The choice as properties, with the resources around it in a stack. */
export function propsOf(stack: Stack, choice: Choice): Every<CognitoAlbAuthProps> {
  const { vpc, target } = networkOf(stack, choice.target);
  const { deregistrationSeconds, sessionSeconds } = choice;
  return {
    vpc,
    target,
    targetPort: 80,
    domainName: 'viz.example.com',
    ...addressOf(stack, choice.address),
    signInDomainPrefix: choice.signInDomainPrefix,
    identityProviders: providersOf(stack, choice.providers),
    passwordSignIn: choice.passwordSignIn ?? undefined,
    allow: choice.allow,
    mfa: choice.mfa,
    passkeys: choice.passkeys || undefined,
    branding: choice.branding,
    ...choice.paths,
    machineAccess: machineAccessOf(choice.machines),
    sessionDuration: sessionSeconds === null ? undefined : Duration.seconds(sessionSeconds),
    healthCheckPath: choice.healthCheckPath,
    deregistrationDelay: deregistrationSeconds === null ? undefined : Duration.seconds(deregistrationSeconds),
    securityHeaders: choice.securityHeaders,
    accessLogs: accessLogsOf(stack, choice.logs),
    firewall: choice.firewall,
    loadBalancer:
      choice.loadBalancer === 'theirs'
        ? new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true })
        : undefined,
    existingUserPool:
      choice.pool === 'theirs'
        ? { userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abcdefghi'), domainName: 'company' }
        : undefined,
    deletionProtection: choice.deletionProtection ?? undefined,
    removalPolicy: choice.removalPolicy,
  };
}
