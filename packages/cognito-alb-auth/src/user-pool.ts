import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { GROUPS_ATTRIBUTE } from './access-guard-contract';
import type { DirectoryProps } from './directory';

/** A user pool for colleagues: nobody signs up by themselves, and nothing about it is weaker than it needs to be. */
export function createUserPool(scope: Construct, props: DirectoryProps): cognito.UserPool {
  const userPool = new cognito.UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    userInvitation: invitationTo(props.domainName),
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    // Whoever takes over a session must not change the address for good.
    keepOriginal: { email: true },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    // There from the start, whether a provider names groups or not: Cognito lets nobody remove an attribute again.
    customAttributes: { [GROUPS_ATTRIBUTE]: new cognito.StringAttribute({ mutable: true, maxLen: 2048 }) },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: props.mfa,
    // A text message can be read by whoever takes over a phone number.
    mfaSecondFactor: props.mfa === cognito.Mfa.OFF ? undefined : { sms: false, otp: true },
    signInPolicy: props.passkeys ? { allowedFirstAuthFactors: { password: true, passkey: true } } : undefined,
    passkeyUserVerification: props.passkeys ? cognito.PasskeyUserVerification.REQUIRED : undefined,
    // The newer sign-in pages and passkeys need it.
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: props.deletionProtection,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  if (props.mfa !== cognito.Mfa.REQUIRED) {
    Validations.of(userPool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason: "The owner of the app decided by 'mfa' that a password is enough.",
    });
  } else if (props.passkeys) {
    // What unlocks a passkey (a fingerprint, a PIN) is the second factor. Without this Cognito refuses passkeys here.
    const resource = userPool.node.defaultChild as cognito.CfnUserPool;
    resource.addPropertyOverride('WebAuthnFactorConfiguration', 'MULTI_FACTOR_WITH_USER_VERIFICATION');
  }
  Validations.of(userPool).acknowledge(
    {
      id: 'AwsSolutions-COG3',
      reason: 'Threat protection is part of the Plus plan, which costs more for each user than a dashboard is worth.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason: 'The Essentials plan has all that is used here; Plus is for sign-up that is open to the public.',
    },
  );
  return userPool;
}

/** Cognito's own invitation does not say where to. */
function invitationTo(domainName: string): cognito.UserInvitationConfig {
  return {
    emailSubject: `Your access to ${domainName}`,
    emailBody: [
      `<p>You are invited to <a href="https://${domainName}/">https://${domainName}/</a></p>`,
      // Nothing stands behind the password that could be taken for a part of it.
      '<p>Sign in as {username} with the temporary password, within three days:</p><p><code>{####}</code></p>',
    ].join(''),
  };
}
