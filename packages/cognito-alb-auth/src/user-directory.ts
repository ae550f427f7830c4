import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Branding, brandingProperties } from './branding';
import { createDirectory, type DirectoryProps } from './directory';
import { mappedAttributes } from './identity-provider';
import { createLoadBalancerClient } from './load-balancer-client';
import { SIGNED_OUT_PATH } from './sign-out-contract';

export interface UserDirectoryProps extends Omit<DirectoryProps, 'signInPages'> {
  readonly sessionDuration: Duration;
  readonly passwordSignIn: boolean;
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
    const directory = createDirectory(this, {
      ...props,
      signInPages: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.userPool = directory.userPool;
    this.domain = directory.domain;
    this.origin = directory.origin;
    this.client = createLoadBalancerClient(this, this.userPool, {
      ...props,
      providerNames: props.identityProviders.map(({ name }) => name),
      writeAttributes: props.existing ? undefined : mappedAttributes(props.identityProviders),
    });
    // A client cannot name a provider that is not there yet: https://github.com/aws/aws-cdk/issues/15850
    this.client.node.addDependency(...directory.providers);
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
