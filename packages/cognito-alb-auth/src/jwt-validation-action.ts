import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

export interface JwtValidationOptions {
  readonly issuer: string;
  readonly jwksEndpoint: string;
  readonly claims: { readonly name: string; readonly format: string; readonly values: string[] }[];
  readonly next: elbv2.ListenerAction;
}

/** Like `ListenerAction.authenticateJwt`, which cannot ask for further claims: without them any token of the pool passes. */
export class JwtValidationAction extends elbv2.ListenerAction {
  public constructor({ issuer, jwksEndpoint, claims, next }: JwtValidationOptions) {
    super({ type: 'jwt-validation', jwtValidationConfig: { issuer, jwksEndpoint, additionalClaims: claims } }, next);
  }
}
