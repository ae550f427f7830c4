/**
 * The part of a load balancer's event that is read here, with multi-value headers on.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface AlbRequest {
  readonly path: string;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
}

export interface AlbResponse {
  readonly statusCode: number;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly body: string;
}
