import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import type { User } from '../identity-provider/users';
import type { Company } from '../model/companies';
import { poolUser } from './attribute-mapping';

/** Where a company's provider sends people back to; Cognito's own address for it. */
export const COMPANY_CALLBACK = '/oauth2/idpresponse';
const PENDING_SECONDS = 900;

export interface FederationOptions {
  readonly companies: readonly Company[];
  /** Origin of the local provider that plays the companies. */
  readonly companyOrigin: string;
  /** Origin of the user pool's own pages. */
  readonly poolOrigin: string;
  readonly userPoolId: string;
  readonly secretOf: (clientId: string) => string;
  readonly log: (line: string) => void;
}

/** The user pool's part in signing somebody in at a company: it is an OpenID client of the company's provider. */
export class Federation {
  private readonly pending = new Map<string, { readonly name: string; readonly uid: string; readonly until: number }>();
  private readonly configurations = new Map<string, Promise<client.Configuration>>();

  constructor(private readonly options: FederationOptions) {}

  /** The address at the company where the visitor signs in. */
  public async start(name: string, uid: string): Promise<string> {
    for (const [state, { until }] of this.pending) {
      if (until < Date.now()) {
        this.pending.delete(state);
      }
    }
    const state = randomUUID();
    this.pending.set(state, { name, uid, until: Date.now() + PENDING_SECONDS * 1000 });
    return client.buildAuthorizationUrl(await this.configuration(name), {
      redirect_uri: this.options.poolOrigin + COMPANY_CALLBACK,
      scope: 'openid email profile groups',
      state,
      nonce: this.nonceOf(state),
    }).href;
  }

  /** The sign-in to which a callback belongs, or undefined if it is none of ours. */
  public uidOf(state: string): string | undefined {
    return this.pending.get(state)?.uid;
  }

  /** Who comes back from the company, as a user of the pool, or a sentence why nobody does. */
  public async finish(uid: string, parameters: URLSearchParams): Promise<User | string> {
    const state = parameters.get('state') ?? '';
    const pending = this.pending.get(state);
    this.pending.delete(state);
    if (pending?.uid !== uid || pending.until < Date.now()) {
      return 'This sign-in is too old or already used.';
    }
    const company = this.options.companies.find(({ name }) => name === pending.name) as Company;
    try {
      const configuration = await this.configuration(company.name);
      const callback = new URL(`${this.options.poolOrigin}${COMPANY_CALLBACK}?${parameters}`);
      const checks = { expectedState: state, expectedNonce: this.nonceOf(state) };
      const tokens = await client.authorizationCodeGrant(configuration, callback, checks);
      const sub = tokens.claims()?.sub ?? '';
      const claims = await client.fetchUserInfo(configuration, tokens.access_token, sub);
      return poolUser(company, claims, this.options.userPoolId);
    } catch (error) {
      this.options.log(`A sign-in at ${company.name} failed: ${(error as Error).message}`);
      return `${company.name} did not vouch for anybody.`;
    }
  }

  private nonceOf(state: string): string {
    return createHmac('sha256', this.nonceKey).update(state).digest('base64url');
  }
  private readonly nonceKey = randomBytes(32);

  private configuration(name: string): Promise<client.Configuration> {
    const known = this.configurations.get(name);
    if (known) {
      return known;
    }
    const { companyOrigin, secretOf } = this.options;
    const secret = secretOf(`company:${name}`);
    // The provider is on the loopback interface of this machine, where TLS protects nothing.
    const discovered = client.discovery(new URL(companyOrigin), name, undefined, client.ClientSecretBasic(secret), {
      execute: [client.allowInsecureRequests],
      timeout: 10,
    });
    this.configurations.set(name, discovered);
    discovered.catch(() => this.configurations.delete(name));
    return discovered;
  }
}
