import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** The key with which the front door signs `x-amzn-oidc-data`. AWS keeps one for each load balancer. */
export class SigningKey {
  public readonly id = randomUUID();
  /** As the public-key endpoint serves it. */
  public readonly publicPem: string;
  private readonly privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.privateKey = privateKey;
  }

  /**
   * A JWT with *padded* base64url, which is not what RFC 7515 says but what the load balancer sends: a verifier that
   * was only tried with unpadded ones fails in AWS.
   */
  public signPadded(header: Record<string, unknown>, payload: Record<string, unknown>): string {
    const input = [{ typ: 'JWT', kid: this.id, alg: 'ES256', ...header }, payload]
      .map((part) => padded(Buffer.from(JSON.stringify(part))))
      .join('.');
    const signature = sign('sha256', Buffer.from(input), { key: this.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${padded(signature)}`;
  }
}

function padded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
