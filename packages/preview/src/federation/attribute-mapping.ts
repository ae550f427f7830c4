import { subOf, type User } from '../identity-provider/users';
import type { Company } from '../model/companies';

/**
 * Somebody for whom a company vouches, as Cognito keeps them: only mapped attributes, a name that tells where they come
 * from, and a group of the company's name.
 */
export function poolUser(company: Company, claims: Readonly<Record<string, unknown>>, userPoolId: string): User {
  const id = String(claims.sub);
  const mapped = Object.fromEntries(
    Object.entries(company.mapping).flatMap(([attribute, claim]) => {
      const value = attributeText(company, claimOf(claims, claim));
      return value === undefined ? [] : [[attribute, value] as const];
    }),
  );
  const { email = '', username: _username, ...attributes } = mapped;
  return {
    sub: subOf(`${company.name}/${id}`),
    username: `${company.name}_${id}`,
    email,
    password: '',
    groups: [`${userPoolId}_${company.name}`],
    attributes: {
      email_verified: 'false',
      ...attributes,
      'cognito:user_status': 'EXTERNAL_PROVIDER',
      identities: JSON.stringify([
        { userId: id, providerName: company.name, providerType: company.type, primary: true },
      ]),
    },
  };
}

/** Names of SAML attributes, which are long addresses, by what the local provider calls the same thing. */
const SAME: Readonly<Record<string, string>> = {
  emailaddress: 'email',
  mail: 'email',
  upn: 'email',
  displayname: 'name',
  givenname: 'given_name',
  surname: 'family_name',
  group: 'groups',
  roles: 'groups',
};

function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in claims) {
    return claims[name];
  }
  const last = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  return claims[SAME[last] ?? last];
}

/** A claim with several values becomes text: in brackets from OpenID providers, with commas only from SAML. */
function attributeText(company: Company, value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return company.type === 'SAML' ? bareList(value) : `[${value.join(', ')}]`;
  }
  return value === undefined || value === null ? undefined : String(value);
}

/** Cognito encodes what stands beside others, as in a form. */
function bareList(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : values.map((one) => formEncoded(String(one))).join(',');
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
