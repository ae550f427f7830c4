import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/door/0123456789abcdef';
export const ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi';
export const CLIENT = '4example5client6id';
export const SUBJECT = 'b7c1e2d3-0000-4000-8000-1234567890ab';
export const KEY_ID = '0a1b2c3d-0000-4000-8000-0123456789ab';

/** Where there is the key among as many bytes as are read, and where there is one byte more. */
export const LONG_KEY_ID = '0a1b2c3d-0000-4000-8000-eeeeeeeeeeee';
export const TOO_LONG_KEY_ID = '0a1b2c3d-0000-4000-8000-ffffffffffff';

type Claims = Record<string, unknown>;

/** A load balancer's key endpoint and a user pool's, on this machine, and tokens as they make them. */
export class Authority {
  public static async start(): Promise<Authority> {
    const authority = new Authority();
    await new Promise<void>((resolve) => authority.server.listen(0, '127.0.0.1', resolve));
    return authority;
  }

  public readonly asked: string[] = [];
  public readonly door = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  public readonly pool = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly server: Server;

  private constructor() {
    const jwk = { ...this.pool.publicKey.export({ format: 'jwk' }), kid: 'pool-key', use: 'sig', alg: 'RS256' };
    const pem = this.door.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const served: Record<string, string> = {
      [`/${KEY_ID}`]: pem,
      [`/${LONG_KEY_ID}`]: pem.padEnd(65_536, '\n'),
      [`/${TOO_LONG_KEY_ID}`]: pem.padEnd(65_537, '\n'),
      '/jwks.json': JSON.stringify({ keys: [jwk] }),
    };
    this.server = createServer(({ url = '' }, response) => {
      this.asked.push(url);
      response.statusCode = served[url] ? 200 : 404;
      response.end(served[url] ?? 'not here');
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** An `x-amzn-oidc-data`, changed by what is given: base64url with padding, which no RFC asks for. */
  public data(header: Claims = {}, claims: Claims = {}, key: KeyObject = this.door.privateKey): string {
    const made = {
      typ: 'JWT',
      kid: KEY_ID,
      alg: 'ES256',
      iss: ISSUER,
      client: CLIENT,
      signer: ARN,
      exp: inSeconds(120),
    };
    const said = { sub: SUBJECT, email: 'ada@example.com', exp: inSeconds(120), iss: ISSUER };
    const input = [
      { ...made, ...header },
      { ...said, ...claims },
    ].map((part) => padded(Buffer.from(JSON.stringify(part))));
    const signature = sign('sha256', Buffer.from(input.join('.')), { key, dsaEncoding: 'ieee-p1363' });
    return [...input, padded(signature)].join('.');
  }

  /** A Cognito access token, changed by what is given. */
  public accessToken(claims: Claims = {}, key: KeyObject = this.pool.privateKey): string {
    const said = { sub: SUBJECT, iss: ISSUER, client_id: CLIENT, token_use: 'access', exp: inSeconds(3600) };
    const input = [
      { kid: 'pool-key', alg: 'RS256' },
      { ...said, 'cognito:groups': ['viz'], ...claims },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
  }
}

export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function padded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
