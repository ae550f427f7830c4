/**
 * Properties of resources that the preview has looked at: it does what they say, or they change nothing of who comes in and of
 * what an answer looks like. Any other one is refused.
 */

/** AWS::Cognito::UserPoolClient */
export const CLIENT_PROPERTIES = [
  'AccessTokenValidity',
  'AllowedOAuthFlows',
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthScopes',
  'AnalyticsConfiguration',
  'AuthSessionValidity',
  'CallbackURLs',
  'ClientName',
  'DefaultRedirectURI',
  'EnablePropagateAdditionalUserContextData',
  'EnableTokenRevocation',
  'ExplicitAuthFlows',
  'GenerateSecret',
  'IdTokenValidity',
  'LogoutURLs',
  'PreventUserExistenceErrors',
  'ReadAttributes',
  'RefreshTokenRotation',
  'RefreshTokenValidity',
  'SupportedIdentityProviders',
  'TokenValidityUnits',
  'UserPoolId',
  'WriteAttributes',
];

/** AWS::Cognito::UserPool */
export const POOL_PROPERTIES = [
  'AccountRecoverySetting',
  'AdminCreateUserConfig',
  'AliasAttributes',
  'AutoVerifiedAttributes',
  'DeletionProtection',
  'DeviceConfiguration',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'EnabledMfas',
  'KeyConfiguration',
  'LambdaConfig',
  'MfaConfiguration',
  'Policies',
  'Schema',
  'SmsAuthenticationMessage',
  'SmsConfiguration',
  'SmsVerificationMessage',
  'UserAttributeUpdateSettings',
  'UserPoolAddOns',
  'UserPoolName',
  'UserPoolTags',
  'UserPoolTier',
  'UsernameAttributes',
  'UsernameConfiguration',
  'VerificationMessageTemplate',
  'WebAuthnFactorConfiguration',
  'WebAuthnRelyingPartyID',
  'WebAuthnUserVerification',
];

/** AWS::Cognito::UserPoolDomain */
export const POOL_DOMAIN_PROPERTIES = ['CustomDomainConfig', 'Domain', 'ManagedLoginVersion', 'UserPoolId'];

/** AWS::Cognito::UserPoolIdentityProvider */
export const IDENTITY_PROVIDER_PROPERTIES = [
  'AttributeMapping',
  'IdpIdentifiers',
  'ProviderDetails',
  'ProviderName',
  'ProviderType',
  'UserPoolId',
];

/** AWS::ElasticLoadBalancingV2::LoadBalancer */
export const LOAD_BALANCER_PROPERTIES = [
  'EnableCapacityReservationProvisionStabilize',
  'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
  'IpAddressType',
  'Ipv4IpamPoolId',
  'LoadBalancerAttributes',
  'MinimumLoadBalancerCapacity',
  'Name',
  'Scheme',
  'SecurityGroups',
  'SubnetMappings',
  'Subnets',
  'Tags',
  'Type',
];
