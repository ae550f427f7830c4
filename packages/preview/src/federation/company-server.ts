import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenKey } from '../identity-provider/configuration';
import { memoryAdapter } from '../identity-provider/memory-adapter';
import { errors, Provider } from '../identity-provider/oidc-library';
import { page, pageHeaders } from '../identity-provider/page';
import { readForm } from '../identity-provider/read-form';
import { signInPage } from '../identity-provider/sign-in-page';
import type { User, Users } from '../identity-provider/users';
import type { Company } from '../model/companies';
import { COMPANY_CALLBACK } from './federation';

export interface CompanyServerOptions {
  readonly companies: readonly Company[];
  readonly origin: string;
  readonly poolOrigin: string;
  /** Origins to which a sign-in leads in the end. */
  readonly appOrigin: string;
  readonly secretOf: (clientId: string) => string;
  readonly users: Users;
  readonly log: (line: string) => void;
}

/** Plays the companies' own providers: the same people, another sign-in page, and an OpenID provider of its own. */
export async function companyHandler(
  options: CompanyServerOptions,
): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  const provider = new Provider(options.origin, {
    adapter: memoryAdapter(),
    jwks: { keys: [(await tokenKey()) as never] },
    clients: options.companies.map(({ name }) => ({
      client_id: name,
      client_secret: options.secretOf(`company:${name}`),
      redirect_uris: [options.poolOrigin + COMPANY_CALLBACK],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })),
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name'],
      groups: ['groups'],
    },
    // Cookies of one host are shared by all its ports; the pool's provider has the usual names.
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      names: { session: '_company_session', interaction: '_company_interaction', resume: '_company_resume' },
      long: { sameSite: 'lax' },
      short: { sameSite: 'lax' },
    },
    pkce: { required: () => false },
    responseTypes: ['code'],
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    findAccount: async (_ctx, sub) => {
      const user = options.users.find(sub);
      return user && { accountId: sub, claims: async () => companyClaims(user) };
    },
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope(String(params?.scope ?? ''));
      await grant.save();
      return grant;
    },
    interactions: { url: async (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    ttl: { AccessToken: 300, AuthorizationCode: 300, Grant: 3600, IdToken: 300, Interaction: 900, Session: 3600 },
    clientBasedCORS: () => false,
  });
  provider.on('server_error', (_ctx, error) => options.log(`The local company sign-in failed: ${error.stack}`));
  const rest = provider.callback();
  return async (request, response) => {
    if (request.url?.startsWith('/sign-in/')) {
      await signIn(provider, options, request, response);
    } else {
      await rest(request, response);
    }
  };
}

function companyClaims(user: User) {
  return { sub: user.sub, email: user.email, email_verified: true, groups: user.groups, ...user.attributes };
}

async function signIn(
  provider: Provider,
  options: CompanyServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = pageHeaders([options.poolOrigin, options.appOrigin]);
  try {
    const { params } = await provider.interactionDetails(request, response);
    const form = request.method === 'POST' ? await readForm(request) : undefined;
    const email = form?.get('email') ?? '';
    const user = form && options.users.signIn(email, form.get('password') ?? '');
    if (user) {
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: user.sub } },
        { mergeWithLastSubmission: false },
      );
      return;
    }
    const body = signInPage({
      app: String(params.client_id),
      email,
      wrong: form && 'E-mail or password is wrong.',
      withPassword: true,
      others: [],
      explanation: 'This page plays the company’s own sign-in. The same people can sign in here as in the terminal.',
    });
    response.writeHead(form ? 401 : 200, headers).end(body);
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) {
      throw error;
    }
    response.writeHead(400, headers).end(page('This sign-in is over', '<p>Open the app again to start over.</p>'));
  }
}
