import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { issuerOf } from './issuer';
import { JwtValidationAction } from './jwt-validation-action';
import { requireForm, requireThat } from './validation';

/**
 * Programs that call the app without a person: a nightly job, another service.
 *
 * Each gets a client of the user pool with a secret of its own, asks Cognito's token endpoint for an access token
 * (grant `client_credentials`) and sends it as `Authorization: Bearer …`. The load balancer checks the token; the app
 * sees the same request without `x-amzn-oidc-*` headers.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export interface MachineAccess {
  /** Paths that the programs may ask for, like `/api/*`. */
  readonly paths: string[];

  /** A name for each program, in lower-case letters, digits and hyphens. */
  readonly clients: string[];

  /**
   * How long a token is valid, from 5 minutes to a day.
   *
   * @default Duration.minutes(15)
   */
  readonly tokenValidity?: Duration;
}

/** @throws Error when there is nobody to let in, or a value is one that Cognito would refuse */
export function validateMachineAccess(access: MachineAccess | undefined): void {
  if (!access) {
    return;
  }
  requireThat(access.paths.length > 0, 'machineAccess.paths', 'have at least one path', access.paths);
  requireThat(access.clients.length > 0, 'machineAccess.clients', 'have at least one name', access.clients);
  for (const name of access.clients) {
    requireForm(name, 'machineAccess.clients', /^[a-z][a-z0-9-]{0,63}$/, 'be names like nightly-job');
  }
  requireThat(
    new Set(access.clients).size === access.clients.length,
    'machineAccess.clients',
    'name every program once',
    access.clients,
  );
  const minutes = access.tokenValidity?.toMinutes({ integral: false });
  requireThat(
    minutes === undefined || (minutes >= 5 && minutes <= 1440),
    'machineAccess.tokenValidity',
    'be from 5 minutes to a day',
    access.tokenValidity?.toHumanString(),
  );
}

const SCOPE = 'call';

/** The clients of the programs, and the action that checks their tokens. */
export class MachineClients extends Construct {
  public readonly clients: Record<string, cognito.UserPoolClient> = {};
  private readonly scope: string;

  public constructor(
    scope: Construct,
    id: string,
    private readonly userPool: cognito.IUserPool,
    domainName: string,
    access: MachineAccess,
  ) {
    super(scope, id);
    const identifier = `https://${domainName}`;
    const callScope = new cognito.ResourceServerScope({ scopeName: SCOPE, scopeDescription: 'Call the app' });
    const server = new cognito.UserPoolResourceServer(this, 'App', {
      userPool,
      identifier,
      // By default it is the identifier, whose colon and slashes a name must not have.
      userPoolResourceServerName: domainName,
      scopes: [callScope],
    });
    this.scope = `${identifier}/${SCOPE}`;
    for (const name of access.clients) {
      this.clients[name] = new cognito.UserPoolClient(this, name, {
        userPool,
        generateSecret: true,
        enableTokenRevocation: true,
        // Left out, it would let people sign in with their password; nobody can have a refresh token of this client.
        authFlows: { userSrp: false },
        accessTokenValidity: access.tokenValidity ?? Duration.minutes(15),
        oAuth: {
          flows: { clientCredentials: true },
          scopes: [cognito.OAuthScope.resourceServer(server, callScope)],
        },
      });
    }
  }

  /** Lets a token through that this user pool made for one of these programs, and no token of a person. */
  public validate(next: ListenerAction): ListenerAction {
    const issuer = issuerOf(this, this.userPool);
    return new JwtValidationAction({
      issuer,
      jwksEndpoint: `${issuer}/.well-known/jwks.json`,
      claims: [
        { name: 'token_use', format: 'single-string', values: ['access'] },
        { name: 'scope', format: 'space-separated-values', values: [this.scope] },
      ],
      next,
    });
  }
}
