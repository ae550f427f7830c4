import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { GROUPS_ATTRIBUTE } from './access-guard-contract';
import type {
  EntraIdOptions,
  GoogleOptions,
  OidcClientOptions,
  OidcOptions,
  OktaOptions,
  SamlOptions,
} from './identity-provider-options';
import { requireForm } from './validation';

const NAME = /^[A-Za-z][A-Za-z0-9-]{2,31}$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HTTPS_URL = /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.~/-]*)?$/i;
const HOST = /^([a-z0-9-]+\.)+[a-z]{2,}$/i;
const SAML_EMAIL = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';

/** A company's own sign-in, which Cognito asks who somebody is. */
export class IdentityProvider {
  /** Microsoft Entra ID (Azure AD), one tenant. */
  public static entraId(options: EntraIdOptions): IdentityProvider {
    requireForm(options.tenantId, 'tenantId', GUID, 'be the id of one tenant (a GUID)');
    const issuerUrl = `https://login.microsoftonline.com/${options.tenantId}/v2.0`;
    return IdentityProvider.openId({ ...options, issuerUrl }, 'EntraID');
  }

  /** An Okta organisation. */
  public static okta(options: OktaOptions): IdentityProvider {
    requireForm(options.domain, 'domain', HOST, 'be a host name like example.okta.com');
    const scopes = ['openid', 'email', 'profile', ...(options.groupsClaim ? ['groups'] : [])];
    return IdentityProvider.openId({ ...options, issuerUrl: `https://${options.domain}`, scopes }, 'Okta');
  }

  /** Any provider that speaks OpenID Connect. */
  public static oidc(options: OidcOptions): IdentityProvider {
    requireForm(options.issuerUrl, 'issuerUrl', HTTPS_URL, 'be an HTTPS URL without query');
    return IdentityProvider.openId(options, 'OpenID');
  }

  /** Google accounts. */
  public static google(options: GoogleOptions): IdentityProvider {
    requireForm(options.name, 'name', /^Google$/, "be 'Google', the only name that Cognito knows for it");
    return new IdentityProvider('Google', {
      anybody: true,
      namesGroups: false,
      create: (scope, userPool) =>
        new cognito.UserPoolIdentityProviderGoogle(scope, 'Google', {
          userPool,
          clientId: options.clientId,
          clientSecretValue: secretOf(options),
          scopes: ['openid', 'email', 'profile'],
          attributeMapping: {
            email: cognito.ProviderAttribute.GOOGLE_EMAIL,
            emailVerified: cognito.ProviderAttribute.GOOGLE_EMAIL_VERIFIED,
            fullname: cognito.ProviderAttribute.GOOGLE_NAME,
          },
        }),
    });
  }

  /** Any provider that speaks SAML 2.0. */
  public static saml(options: SamlOptions): IdentityProvider {
    const name = options.name ?? 'SAML';
    requireForm(name, 'name', NAME, 'be 3 to 32 letters, digits and hyphens');
    return new IdentityProvider(name, {
      anybody: false,
      namesGroups: options.groupsAttribute !== undefined,
      create: (scope, userPool) =>
        new cognito.UserPoolIdentityProviderSaml(scope, name, {
          userPool,
          name,
          metadata: options.metadata,
          idpSignout: options.signOutAtProvider ?? false,
          requestSigningAlgorithm: cognito.SigningAlgorithm.RSA_SHA256,
          // A sign-in that somebody else started is one into which a reader can be tricked.
          idpInitiated: false,
          attributeMapping: mapping(options.emailAttribute ?? SAML_EMAIL, options.groupsAttribute),
        }),
    });
  }

  private static openId(options: OidcOptions, kind: string): IdentityProvider {
    const name = options.name ?? kind;
    requireForm(name, 'name', NAME, 'be 3 to 32 letters, digits and hyphens');
    return new IdentityProvider(name, {
      anybody: false,
      namesGroups: options.groupsClaim !== undefined,
      create: (scope, userPool) =>
        new cognito.UserPoolIdentityProviderOidc(scope, name, {
          userPool,
          name,
          clientId: options.clientId,
          // A reference that CloudFormation resolves, not the secret itself.
          clientSecret: secretOf(options).unsafeUnwrap(),
          issuerUrl: options.issuerUrl,
          scopes: options.scopes ?? ['openid', 'email', 'profile'],
          attributeRequestMethod: cognito.OidcAttributeRequestMethod.GET,
          attributeMapping: mapping(options.emailClaim ?? 'email', options.groupsClaim),
        }),
    });
  }

  /** Name of the provider in Cognito. */
  public readonly name: string;

  private constructor(
    name: string,
    private readonly kind: {
      readonly anybody: boolean;
      readonly namesGroups: boolean;
      readonly create: (scope: Construct, userPool: cognito.IUserPool) => cognito.IUserPoolIdentityProvider & Construct;
    },
  ) {
    this.name = name;
  }

  /**
   * Whether people outside of the company can sign in at this provider.
   *
   * @internal
   */
  public get _anybody(): boolean {
    return this.kind.anybody;
  }

  /**
   * Whether this provider tells the groups of a user.
   *
   * @internal
   */
  public get _namesGroups(): boolean {
    return this.kind.namesGroups;
  }

  /**
   * Makes the provider known to a user pool.
   *
   * @internal
   */
  public _bind(scope: Construct, userPool: cognito.IUserPool): Construct {
    return this.kind.create(scope, userPool);
  }
}

/**
 * What the providers fill in of a user, as attributes that a client must be allowed to write.
 *
 * Not `email_verified`, which Cognito writes by itself and lets no client write.
 */
export function mappedAttributes(providers: IdentityProvider[]): cognito.ClientAttributes {
  const standard = new cognito.ClientAttributes().withStandardAttributes({ email: true, fullname: true });
  return providers.some((provider) => provider._namesGroups)
    ? standard.withCustomAttributes(GROUPS_ATTRIBUTE)
    : standard;
}

function secretOf({ clientSecret, clientSecretField }: OidcClientOptions) {
  return clientSecretField ? clientSecret.secretValueFromJson(clientSecretField) : clientSecret.secretValue;
}

function mapping(email: string, groups: string | undefined): cognito.AttributeMapping {
  return {
    email: cognito.ProviderAttribute.other(email),
    ...(groups ? { custom: { [`custom:${GROUPS_ATTRIBUTE}`]: cognito.ProviderAttribute.other(groups) } } : {}),
  };
}
