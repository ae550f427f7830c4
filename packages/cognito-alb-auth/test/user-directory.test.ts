import { RemovalPolicy } from 'aws-cdk-lib/core';
import { only, synthesize } from './fixture';

const POOL = 'AWS::Cognito::UserPool';
const CLIENT = 'AWS::Cognito::UserPoolClient';

test('nobody signs up by themselves: colleagues are invited', () => {
  synthesize().hasResourceProperties(POOL, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
});

test('an invitation says where to, and nothing follows the password that could be taken for a part of it', () => {
  const { EmailSubject, EmailMessage } = only(synthesize(), POOL).properties.AdminCreateUserConfig
    .InviteMessageTemplate;

  expect(EmailSubject).toBe('Your access to viz.example.com');
  expect(EmailMessage).toContain('<a href="https://viz.example.com/">');
  expect(EmailMessage).toContain('{username}');
  expect(EmailMessage).toContain('<code>{####}</code>');
});

test('an e-mail address is the name to sign in by, in whatever case it is typed', () => {
  synthesize().hasResourceProperties(POOL, {
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
  });
});

test('a password has twelve characters of four kinds', () => {
  synthesize().hasResourceProperties(POOL, {
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
      },
    },
  });
});

test('a password is followed by a code of an authenticator app, never by a text message', () => {
  synthesize().hasResourceProperties(POOL, {
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
  });
});

test('the attribute for groups is there from the start, because Cognito lets nobody remove one again', () => {
  expect(only(synthesize(), POOL).properties.Schema).toEqual([
    expect.objectContaining({ Name: 'groups', AttributeDataType: 'String', Mutable: true }),
  ]);
});

test('users survive the stack unless the owner says otherwise', () => {
  synthesize().hasResource(POOL, { DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
  synthesize({ removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }).hasResource(POOL, {
    DeletionPolicy: 'Delete',
    Properties: { DeletionProtection: 'INACTIVE' },
  });
});

test('the client takes codes only, for no more than who somebody is and their e-mail address', () => {
  const { properties } = only(synthesize(), CLIENT);

  expect(properties).toMatchObject({
    GenerateSecret: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email'],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    WriteAttributes: ['email', 'name'],
  });
});

test('the browser comes back from Cognito to two addresses only', () => {
  const { properties } = only(synthesize(), CLIENT);

  expect(properties.CallbackURLs).toEqual(['https://viz.example.com/oauth2/idpresponse']);
  expect(properties.LogoutURLs).toEqual(['https://viz.example.com/signed-out']);
});

test('the client secret is nowhere in the template', () => {
  expect(JSON.stringify(synthesize())).not.toContain('ClientSecret');
});

test('the sign-in pages are the newer ones, with the style that makes them available', () => {
  const template = synthesize();

  template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'viz-example-com', ManagedLoginVersion: 2 });
  template.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
    ClientId: { Ref: only(template, CLIENT).id },
    UseCognitoProvidedValues: true,
  });
});

test('the address of the sign-in pages can be chosen', () => {
  synthesize({ signInDomainPrefix: 'paebbl-viz' }).hasResourceProperties('AWS::Cognito::UserPoolDomain', {
    Domain: 'paebbl-viz',
  });
});
