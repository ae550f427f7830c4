import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { IDENTITY_PROVIDER } from '../template/types';
import { IDENTITY_PROVIDER_PROPERTIES } from './known-properties';
import { object, oneOf, refuseUnknown } from './properties';
import type { PoolClient, UserPool } from './user-pool';

/** A company's own sign-in that the user pool trusts, for example Entra ID. */
export interface Company {
  readonly name: string;
  readonly type: 'OIDC' | 'SAML' | 'Google' | 'Facebook' | 'LoginWithAmazon' | 'SignInWithApple';
  /** Attribute of the user pool to what the company calls it. */
  readonly mapping: Readonly<Record<string, string>>;
}

const TYPES = ['OIDC', 'SAML', 'Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'] as const;

/** Reads the providers that clients support. Their addresses and secrets are not needed: a local provider plays them. */
export function readCompanies(
  resolver: Resolver,
  pool: UserPool | undefined,
  clients: readonly PoolClient[],
): Company[] {
  const supported = new Set(clients.flatMap(({ identityProviders }) => identityProviders));
  supported.delete('COGNITO');
  const known = new Map(
    resolver.resources(IDENTITY_PROVIDER).map(([id, { Properties = {} }]) => {
      const path = `Resources.${id}.Properties`;
      refuseUnknown(Properties, IDENTITY_PROVIDER_PROPERTIES, path);
      const name = resolver.string(Properties.ProviderName, `${path}.ProviderName`);
      const mapping = object(resolver.value(Properties.AttributeMapping ?? {}, path), `${path}.AttributeMapping`);
      const company: Company = {
        name,
        type: oneOf(Properties.ProviderType, TYPES, `${path}.ProviderType`),
        mapping: Object.fromEntries(Object.entries(mapping).map(([attribute, claim]) => [attribute, String(claim)])),
      };
      return [name, company];
    }),
  );
  return [...supported].map((name) => {
    const company = known.get(name);
    if (company) {
      return company;
    }
    // A pool of another stack has its providers there.
    if (pool && resolver.resources('AWS::Cognito::UserPool').every(([id]) => id !== pool.name)) {
      return { name, type: 'OIDC', mapping: { email: 'email', name: 'name' } };
    }
    throw new TemplateRefusal('Resources', `no AWS::Cognito::UserPoolIdentityProvider has the ProviderName ${name}`);
  });
}
