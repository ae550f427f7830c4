import * as cognito from 'aws-cdk-lib/aws-cognito';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct, IDependable } from 'constructs';
import { AccessGuard } from './access-guard';
import { type AllowList, accessPolicy } from './allow-list';
import type { ExistingUserPool } from './existing-user-pool';
import type { IdentityProvider } from './identity-provider';
import { createUserPool } from './user-pool';

export interface DirectoryProps {
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly deletionProtection: boolean;
  readonly removalPolicy?: RemovalPolicy;
  readonly existing?: ExistingUserPool;
  readonly identityProviders: IdentityProvider[];
  readonly allow?: AllowList;
  readonly mfa: cognito.Mfa;
  readonly passkeys: boolean;
  readonly signInPages: cognito.ManagedLoginVersion;
}

/** A user pool with its sign-in pages and its providers, but no client. */
export interface Directory {
  readonly userPool: cognito.IUserPool;
  readonly domain: cognito.IUserPoolDomain;
  /** Origin of the sign-in pages. */
  readonly origin: string;
  /** What must be there before a client names it. */
  readonly providers: IDependable[];
}

/** Makes the user pool in the scope, or takes the one that is there. */
export function createDirectory(scope: Construct, props: DirectoryProps): Directory {
  const directory = props.existing ? importDirectory(scope, props.existing) : createPool(scope, props);
  return {
    ...directory,
    providers: props.identityProviders.map((provider) => provider._bind(scope, directory.userPool)),
  };
}

function importDirectory(scope: Construct, { userPool, domainName }: ExistingUserPool) {
  return {
    userPool,
    domain: cognito.UserPoolDomain.fromDomainName(scope, 'Domain', domainName),
    origin: originOf(scope, domainName),
  };
}

function createPool(scope: Construct, props: DirectoryProps) {
  const userPool = createUserPool(scope, props);
  const domain = userPool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: props.domainPrefix },
    managedLoginVersion: props.signInPages,
  });
  // It also puts the groups of a company's provider into the token, so it is there for those, too.
  if (props.allow || props.identityProviders.some((provider) => provider._namesGroups)) {
    new AccessGuard(scope, 'Guard', userPool, accessPolicy(props.allow, props.identityProviders));
  }
  return { userPool, domain, origin: domain.baseUrl() };
}

/** Origin of sign-in pages, by the first part of their address or by a domain of their own. */
export function originOf(scope: Construct, domainName: string): string {
  return domainName.includes('.')
    ? `https://${domainName}`
    : `https://${domainName}.auth.${Stack.of(scope).region}.amazoncognito.com`;
}
