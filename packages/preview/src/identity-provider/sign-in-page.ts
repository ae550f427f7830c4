import { escapeHtml, page } from './page';

export interface SignInPage {
  /** What the visitor is about to open, for example `viz.example.com`. */
  readonly app: string;
  readonly email: string;
  /** A sentence if the last try failed. */
  readonly wrong?: string;
  readonly withPassword: boolean;
  /** Other ways to sign in: name on the button, address. */
  readonly others: readonly { readonly name: string; readonly href: string }[];
  /** What stands under the title instead of the usual explanation. */
  readonly explanation?: string;
}

/** The page on which a visitor of the preview signs in. */
export function signInPage({ app, email, wrong, withPassword, others, explanation }: SignInPage): string {
  const alert = wrong ? `<p class="wrong" role="alert" id="wrong">${escapeHtml(wrong)}</p>` : '';
  const describedBy = wrong ? ' aria-invalid="true" aria-describedby="wrong"' : '';
  // The cursor stands where there is something to type.
  const focus = (wanted: boolean) => (wanted ? ' autofocus' : '');
  const form = `<form method="post">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(email)}"${describedBy}${focus(email === '')}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${describedBy}${focus(email !== '')}>
<button type="submit">Sign in</button>
</form>`;
  const links = others.map(
    ({ name, href }) => `<a class="button other" href="${escapeHtml(href)}">Continue with ${escapeHtml(name)}</a>`,
  );
  return page(
    `Sign in to ${app}`,
    `<p>${explanation ?? 'This page stands in for the company’s sign-in. E-mail and password are in the terminal in which viz-preview runs.'}</p>
${alert}
${withPassword ? form : ''}
${links.join('\n')}`,
  );
}
