/** Which load balancer, and which user pool, to believe. */
export interface Settings {
  /** The load balancer that signs. */
  readonly loadBalancerArn: string;

  /** Its client in the user pool. */
  readonly clientId: string;

  /** The user pool, `https://cognito-idp.<region>.amazonaws.com/<id>`. */
  readonly issuer: string;

  /**
   * Where the load balancer's public keys are.
   *
   * @default - the endpoint of the load balancer's region
   */
  readonly keyEndpoint?: string;

  /**
   * Where the user pool's public keys are, for groups.
   *
   * @default - the well-known address below the issuer
   */
  readonly jwksUri?: string;

  /**
   * How far apart the clocks may be, from 0 to 300 seconds.
   *
   * @default 30
   */
  readonly leewaySeconds?: number;
}

/**
 * Reads the variables that `identityEnvironment` of the construct CognitoAlbAuth holds.
 *
 * @throws Error when one of the three that must be there is not
 */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Settings {
  const read = (name: string) => {
    const value = environment[name];
    if (!value) {
      throw new Error(`'${name}' must be set in the environment`);
    }
    return value;
  };
  return {
    loadBalancerArn: read('ALB_IDENTITY_LOAD_BALANCER_ARN'),
    clientId: read('ALB_IDENTITY_CLIENT_ID'),
    issuer: read('ALB_IDENTITY_ISSUER'),
    keyEndpoint: environment.ALB_IDENTITY_KEY_ENDPOINT || undefined,
    jwksUri: environment.ALB_IDENTITY_JWKS_URI || undefined,
  };
}

/** @throws Error when a setting would believe the wrong ones */
export function validateSettings(settings: Settings): void {
  const check = (holds: boolean, prop: string, rule: string, got: unknown) => {
    if (!holds) {
      throw new Error(`'${prop}' must ${rule}, got: ${got}`);
    }
  };
  const { loadBalancerArn, clientId, issuer, keyEndpoint, jwksUri, leewaySeconds = 30 } = settings;
  const arn = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[\w-]+\/[\w-]+$/;
  check(arn.test(loadBalancerArn), 'loadBalancerArn', 'be the ARN of a load balancer', loadBalancerArn);
  check(clientId !== '', 'clientId', "be the id of the load balancer's client", clientId);
  check(/^https:\/\//.test(issuer), 'issuer', 'be an HTTPS URL', issuer);
  for (const [prop, url] of Object.entries({ keyEndpoint, jwksUri })) {
    // A key that came over plain HTTP is anybody's; this machine's own preview is the exception.
    const holds = url === undefined || /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(url);
    check(holds, prop, 'be an HTTPS URL', url);
  }
  check(leewaySeconds >= 0 && leewaySeconds <= 300, 'leewaySeconds', 'be from 0 to 300', leewaySeconds);
}
