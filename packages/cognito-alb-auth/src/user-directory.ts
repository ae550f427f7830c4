import { type Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { AccessGuard } from './access-guard';
import { type AllowList, accessPolicy } from './allow-list';
import { type Branding, brandingProperties } from './branding';
import type { ExistingUserPool } from './existing-user-pool';
import type { IdentityProvider } from './identity-provider';
import { createLoadBalancerClient } from './load-balancer-client';
import { SIGNED_OUT_PATH } from './sign-out-contract';
import { createUserPool } from './user-pool';

export interface UserDirectoryProps {
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly sessionDuration: Duration;
  readonly deletionProtection: boolean;
  readonly removalPolicy?: RemovalPolicy;
  readonly existing?: ExistingUserPool;
  readonly identityProviders: IdentityProvider[];
  readonly passwordSignIn: boolean;
  readonly allow?: AllowList;
  readonly mfa: cognito.Mfa;
  readonly passkeys: boolean;
  readonly branding?: Branding;
}

/** Who may sign in: the user pool, its sign-in pages and the load balancer as its client. */
export class UserDirectory extends Construct {
  public readonly userPool: cognito.IUserPool;
  public readonly client: cognito.UserPoolClient;
  public readonly domain: cognito.IUserPoolDomain;
  /** Origin of the sign-in pages. */
  private readonly origin: string;

  public constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);
    if (props.existing) {
      this.userPool = props.existing.userPool;
      this.domain = cognito.UserPoolDomain.fromDomainName(this, 'Domain', props.existing.domainName);
      this.origin = originOf(this, props.existing.domainName);
    } else {
      const userPool = createUserPool(this, props);
      const domain = userPool.addDomain('Domain', {
        cognitoDomain: { domainPrefix: props.domainPrefix },
        managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
      });
      // It also puts the groups of a company's provider into the token, so it is there for those, too.
      if (props.allow || props.identityProviders.some((provider) => provider._namesGroups)) {
        const open = props.identityProviders.filter((provider) => provider._anybody).map(({ name }) => name);
        new AccessGuard(this, 'Guard', userPool, accessPolicy(props.allow, open));
      }
      this.userPool = userPool;
      this.domain = domain;
      this.origin = domain.baseUrl();
    }
    const providers = props.identityProviders.map((provider) => provider._bind(this, this.userPool));
    this.client = createLoadBalancerClient(this, this.userPool, props);
    // A client cannot name a provider that is not there yet: https://github.com/aws/aws-cdk/issues/15850
    this.client.node.addDependency(...providers);
    // Without it the newer sign-in pages answer 'unavailable'.
    new cognito.CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.userPool.userPoolId,
      clientId: this.client.userPoolClientId,
      ...brandingProperties(props.branding),
    });
  }

  /** Address at which the browser ends Cognito's session and comes back to the page 'signed out'. */
  public logoutUrl(domainName: string): string {
    const back = `https%3A%2F%2F${domainName}${encodeURIComponent(SIGNED_OUT_PATH)}`;
    return `${this.origin}/logout?client_id=${this.client.userPoolClientId}&logout_uri=${back}`;
  }
}

function originOf(scope: Construct, domainName: string) {
  return domainName.includes('.')
    ? `https://${domainName}`
    : `https://${domainName}.auth.${Stack.of(scope).region}.amazoncognito.com`;
}
