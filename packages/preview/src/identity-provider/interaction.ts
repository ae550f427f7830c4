import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Federation } from '../federation/federation';
import { admit } from './admission';
import { pageHeaders } from './page';
import type { ProviderOptions } from './provider-options';
import { readForm } from './read-form';
import { signInPage } from './sign-in-page';
import type { User } from './users';

/** A sign-in that is under way: its id, and what the app asked for. */
interface Pending {
  readonly uid: string;
  readonly clientId: string;
  readonly scope: string;
  readonly loginHint: string;
  /** Name of a company's provider that the app asked for. */
  readonly wanted: string | undefined;
}

/** The sign-in page: shows it, checks what was typed or whom a company sends, and tells the provider who that is. */
export class SignInInteraction {
  constructor(
    private readonly provider: Provider,
    private readonly options: ProviderOptions,
    private readonly federation: Federation,
  ) {}

  /** Answers `/login/<id>`, `/login/<id>/at/<company>` and `/login/<id>/from`. */
  public async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const pending = await this.pending(request, response);
    const [, , , step, name] = url.pathname.split('/');
    if (step === 'from') {
      await this.comeBack(request, response, pending, url);
    } else if (step === 'at') {
      await this.goTo(response, pending, decodeURIComponent(name ?? ''));
    } else if (request.method === 'POST') {
      await this.checkPassword(request, response, pending);
    } else {
      await this.begin(response, pending);
    }
  }

  private async pending(request: IncomingMessage, response: ServerResponse): Promise<Pending> {
    const { uid, params } = await this.provider.interactionDetails(request, response);
    const text = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined);
    return {
      uid,
      clientId: text('client_id') ?? '',
      scope: text('scope') ?? '',
      loginHint: text('login_hint') ?? '',
      wanted: text('identity_provider'),
    };
  }

  private async begin(response: ServerResponse, pending: Pending): Promise<void> {
    const companies = this.companies(pending);
    // As Cognito does: no page if there is nothing to choose.
    const only = companies.length === 1 && !this.allowsPassword(pending) ? companies[0] : undefined;
    const name = companies.find((company) => company === pending.wanted) ?? only;
    if (name === undefined) {
      this.show(response, pending, pending.loginHint);
    } else {
      await this.goTo(response, pending, name);
    }
  }

  private async checkPassword(request: IncomingMessage, response: ServerResponse, pending: Pending): Promise<void> {
    const form = await readForm(request);
    const email = form.get('email') ?? '';
    const user = this.options.users.signIn(email, form.get('password') ?? '');
    if (!user || !this.allowsPassword(pending)) {
      this.show(response, pending, email, 'E-mail or password is wrong.');
      return;
    }
    await this.enter(request, response, pending, user, false);
  }

  private async goTo(response: ServerResponse, pending: Pending, name: string): Promise<void> {
    if (!this.companies(pending).includes(name)) {
      this.show(response, pending, '', 'This way to sign in is not open.');
      return;
    }
    const location = await this.federation.start(name, pending.uid);
    response.writeHead(303, { location, 'cache-control': 'no-store' }).end();
  }

  private async comeBack(
    request: IncomingMessage,
    response: ServerResponse,
    pending: Pending,
    url: URL,
  ): Promise<void> {
    const person = await this.federation.finish(pending.uid, url.searchParams);
    if (typeof person === 'string') {
      this.show(response, pending, '', person);
      return;
    }
    const isNew = this.options.users.find(person.sub) === undefined;
    await this.enter(request, response, pending, person, isNew);
  }

  private async enter(
    request: IncomingMessage,
    response: ServerResponse,
    pending: Pending,
    user: User,
    isNew: boolean,
  ) {
    const { userPoolId, region, triggers, users } = this.options;
    const context = { userPoolId, region, clientId: pending.clientId };
    const admission = await admit(triggers, user, context, pending.scope.split(' '), isNew);
    if (!admission.admitted && admission.where === 'page') {
      this.show(response, pending, user.email, admission.reason);
      return;
    }
    if (admission.admitted && user.username !== undefined) {
      users.admit(user);
    }
    const result = admission.admitted
      ? { login: { accountId: user.sub } }
      : { error: 'invalid_request', error_description: admission.reason };
    await this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private show(response: ServerResponse, pending: Pending, email: string, wrong?: string): void {
    const { origins, publicHost } = this.options;
    const body = signInPage({
      app: publicHost,
      email,
      wrong,
      withPassword: this.allowsPassword(pending),
      others: this.companies(pending).map((name) => ({
        name,
        href: `/login/${pending.uid}/at/${encodeURIComponent(name)}`,
      })),
    });
    response.writeHead(wrong ? 401 : 200, pageHeaders([origins.localOrigin])).end(body);
  }

  private companies({ clientId }: Pending): string[] {
    return this.supported(clientId).filter((name) => name !== 'COGNITO');
  }

  private allowsPassword({ clientId }: Pending): boolean {
    return this.supported(clientId).includes('COGNITO');
  }

  private supported(wanted: string): readonly string[] {
    return this.options.clients.find(({ clientId }) => clientId === wanted)?.identityProviders ?? [];
  }
}
