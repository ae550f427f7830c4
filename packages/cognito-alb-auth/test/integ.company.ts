// A company's providers and everything that can be switched on: groups, API paths, programs, firewall, logs.

import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { CognitoAlbAuth, IdentityProvider } from '../src';
import { addHelloService } from './hello-service';

export function build(app: App): Stack {
  const stack = new Stack(app, 'AuthCompany', { env: { region: 'eu-west-1' } });
  const { vpc, service } = addHelloService(stack);
  const secretOf = (name: string) => Secret.fromSecretNameV2(stack, `${name}Secret`, `auth-company/${name}`);
  new CognitoAlbAuth(stack, 'Auth', {
    vpc,
    target: service,
    targetPort: 80,
    healthCheckPath: '/',
    domainName: 'auth-company.example.com',
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000',
    ),
    identityProviders: [
      IdentityProvider.entraId({
        tenantId: '00000000-0000-4000-8000-000000000000',
        clientId: 'entra-client',
        clientSecret: secretOf('entra'),
        groupsClaim: 'groups',
      }),
      IdentityProvider.okta({ domain: 'example.okta.com', clientId: 'okta-client', clientSecret: secretOf('okta') }),
      IdentityProvider.google({ clientId: 'google-client', clientSecret: secretOf('google') }),
      IdentityProvider.saml({ metadata: UserPoolIdentityProviderSamlMetadata.url('https://id.example.com/metadata') }),
    ],
    passwordSignIn: true,
    passkeys: true,
    allow: { emailDomains: ['example.com'], groups: ['viz', 'platform'] },
    publicPaths: ['/about', '/static/*'],
    apiPaths: ['/api/*'],
    machineAccess: { paths: ['/api/*'], clients: ['nightly-job'] },
    sessionDuration: Duration.hours(8),
    branding: { settings: { categories: { global: { colorSchemeMode: 'DYNAMIC' } } } },
    firewall: {},
    accessLogs: { retention: Duration.days(30) },
  });
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
