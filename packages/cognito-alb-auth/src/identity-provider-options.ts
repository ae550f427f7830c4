import type { UserPoolIdentityProviderSamlMetadata } from 'aws-cdk-lib/aws-cognito';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** What every provider can be told. */
export interface IdentityProviderOptions {
  /**
   * Name of the provider in Cognito: 3 to 32 letters and digits. It is part of the user names, so keep it.
   *
   * @default - the kind of the provider, for example 'EntraID'
   */
  readonly name?: string;
}

/** A client of an OpenID provider. */
export interface OidcClientOptions extends IdentityProviderOptions {
  /** Id of the client, as the provider gave it. */
  readonly clientId: string;

  /** Secret of the client. CloudFormation reads it at deployment; it is in no template. */
  readonly clientSecret: ISecret;

  /**
   * Field of the secret's JSON that holds the client secret.
   *
   * @default - the whole secret is the client secret
   */
  readonly clientSecretField?: string;
}

/** A tenant of Microsoft Entra ID (Azure AD). */
export interface EntraIdOptions extends OidcClientOptions {
  /** Id of the tenant (a GUID). The shared tenants `common`, `organizations` and `consumers` are refused: anybody is in them. */
  readonly tenantId: string;

  /**
   * Claim with the groups of a user, usually `groups`: their object ids (GUIDs), not their names.
   *
   * Send only the groups that are assigned to the application: about 50 at most, because Cognito refuses a sign-in with
   * more than 2,048 characters of them. Until a sign-in has shown that they arrive, `IdentityProvider.saml` is the safer way.
   *
   * @default - groups of Entra ID are not looked at
   */
  readonly groupsClaim?: string;
}

/** Google accounts. Anybody has one, so `allow` must name domains or groups. */
export interface GoogleOptions extends OidcClientOptions {}

/** An Okta organisation. */
export interface OktaOptions extends OidcClientOptions {
  /** Address of the organisation, like `example.okta.com`. */
  readonly domain: string;

  /**
   * Claim with the groups of a user, usually `groups`.
   *
   * @default - groups of Okta are not looked at
   */
  readonly groupsClaim?: string;
}

/** Any provider that speaks OpenID Connect. */
export interface OidcOptions extends OidcClientOptions {
  /** Issuer, an HTTPS URL below which `/.well-known/openid-configuration` is found. */
  readonly issuerUrl: string;

  /**
   * What is asked for.
   *
   * @default ['openid', 'email', 'profile']
   */
  readonly scopes?: string[];

  /**
   * Claim with the e-mail address.
   *
   * @default 'email'
   */
  readonly emailClaim?: string;

  /**
   * Claim with the groups of a user.
   *
   * @default - groups of the provider are not looked at
   */
  readonly groupsClaim?: string;
}

/** Any provider that speaks SAML 2.0. */
export interface SamlOptions extends IdentityProviderOptions {
  /** Metadata document of the provider, by URL or as text. */
  readonly metadata: UserPoolIdentityProviderSamlMetadata;

  /**
   * Attribute with the e-mail address.
   *
   * @default 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'
   */
  readonly emailAttribute?: string;

  /**
   * Attribute with the groups of a user.
   *
   * @default - groups of the provider are not looked at
   */
  readonly groupsAttribute?: string;

  /**
   * Whether signing out here signs out at the provider as well.
   *
   * The provider needs the signing certificate of the user pool (`aws cognito-idp get-signing-certificate`), and answers with
   * POST to the address of the sign-in pages and `/saml2/logout`.
   *
   * @default false
   */
  readonly signOutAtProvider?: boolean;
}
