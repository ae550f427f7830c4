import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { USER_POOL, USER_POOL_CLIENT, USER_POOL_DOMAIN } from '../template/types';
import { CLIENT_PROPERTIES, POOL_DOMAIN_PROPERTIES, POOL_PROPERTIES } from './known-properties';
import { flag, integer, object, type Properties, refuseUnknown, strings } from './properties';

/** A user pool client, as far as signing in and out goes. */
export interface PoolClient {
  readonly clientId: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly identityProviders: readonly string[];
}

/** A program that gets tokens for itself (client credentials). */
export interface MachineClient extends PoolClient {
  readonly name: string;
}

/** The clients of a pool that are made for programs. */
export function readMachineClients(resolver: Resolver, poolId: string): MachineClient[] {
  return resolver
    .resources(USER_POOL_CLIENT)
    .filter(([name, { Properties = {} }]) => {
      const at = `Resources.${name}.Properties`;
      const flows = strings(Properties.AllowedOAuthFlows, `${at}.AllowedOAuthFlows`);
      return (
        flows.includes('client_credentials') && resolver.string(Properties.UserPoolId, `${at}.UserPoolId`) === poolId
      );
    })
    .map(([name]) => ({ name, ...readPoolClient(resolver, name, 'client_credentials') }));
}

/** A user pool with its sign-in domain. */
export interface UserPool {
  readonly name: string;
  readonly id: string;
  /** Origin of Cognito's own pages, for example `https://viz.auth.us-east-1.amazoncognito.com`. */
  readonly domainOrigin: string;
  readonly issuer: string;
  /** Logical ids of Lambda functions by the name of the trigger. */
  readonly triggers: ReadonlyMap<string, string>;
  /** What the pool demands in AWS and the preview does not. */
  readonly notes: readonly string[];
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/**
 * Reads a user pool client, and refuses one with which nobody could come in.
 *
 * @param flow `code` for the load balancer, `client_credentials` for a program
 */
export function readPoolClient(resolver: Resolver, name: string, flow: 'code' | 'client_credentials'): PoolClient {
  const path = `Resources.${name}.Properties`;
  const unresolved = resolver.resource(name, USER_POOL_CLIENT, path).Properties ?? {};
  refuseUnknown(unresolved, CLIENT_PROPERTIES, path);
  const list = (property: string) =>
    strings(resolver.value(unresolved[property], `${path}.${property}`), `${path}.${property}`);
  if (!flag(unresolved.GenerateSecret, `${path}.GenerateSecret`)) {
    throw new TemplateRefusal(
      `${path}.GenerateSecret`,
      'must be true: load balancers and programs sign in with a client secret',
    );
  }
  if (!list('AllowedOAuthFlows').includes(flow) || !flag(unresolved.AllowedOAuthFlowsUserPoolClient, path)) {
    throw new TemplateRefusal(
      `${path}.AllowedOAuthFlows`,
      `must allow the flow ${flow}: it is the one that is needed here`,
    );
  }
  const units = unresolved.TokenValidityUnits === undefined ? {} : object(unresolved.TokenValidityUnits, path);
  const seconds = (property: string, unit: string, missing: number) =>
    unresolved[property] === undefined
      ? missing
      : integer(unresolved[property], `${path}.${property}`) *
        UNIT_SECONDS[String(units[property.replace('Validity', '')] ?? unit)];
  return {
    clientId: String(resolver.ref(name, path)),
    callbackUrls: list('CallbackURLs'),
    logoutUrls: list('LogoutURLs'),
    scopes: list('AllowedOAuthScopes'),
    accessTokenSeconds: seconds('AccessTokenValidity', 'hours', 3600),
    idTokenSeconds: seconds('IdTokenValidity', 'hours', 3600),
    refreshTokenSeconds: seconds('RefreshTokenValidity', 'days', 30 * 86_400),
    identityProviders:
      unresolved.SupportedIdentityProviders === undefined ? ['COGNITO'] : list('SupportedIdentityProviders'),
  };
}

/** Reads a user pool and the domain of its sign-in pages. */
export function readUserPool(resolver: Resolver, name: string): UserPool {
  const path = `Resources.${name}.Properties`;
  const properties = resolver.resource(name, USER_POOL, path).Properties ?? {};
  refuseUnknown(properties, POOL_PROPERTIES, path);
  const domain = resolver
    .resources(USER_POOL_DOMAIN)
    .find(
      ([id, { Properties = {} }]) =>
        resolver.link(Properties.UserPoolId, `Resources.${id}.Properties.UserPoolId`) === name,
    );
  if (!domain) {
    throw new TemplateRefusal(
      path,
      'the user pool must have a domain (AWS::Cognito::UserPoolDomain), or nobody can sign in',
    );
  }
  refuseUnknown(domain[1].Properties ?? {}, POOL_DOMAIN_PROPERTIES, `Resources.${domain[0]}.Properties`);
  const prefix = resolver.string(domain[1].Properties?.Domain, `Resources.${domain[0]}.Properties.Domain`);
  const custom = domain[1].Properties?.CustomDomainConfig !== undefined;
  return {
    name,
    id: String(resolver.ref(name, path)),
    domainOrigin: custom ? `https://${prefix}` : `https://${prefix}.auth.${resolver.stack.region}.amazoncognito.com`,
    issuer: String(resolver.getAtt([name, 'ProviderURL'], path)),
    triggers: readTriggers(resolver, properties, path),
    notes: readNotes(properties, path),
  };
}

/** Triggers that the local provider runs when someone signs in, and those that sign-in never reaches. */
const RUN_AT_SIGN_IN = [
  'PreAuthentication',
  'PostAuthentication',
  'PreSignUp',
  'PostConfirmation',
  'PreTokenGeneration',
];
const NEVER_AT_SIGN_IN = ['CustomMessage', 'VerifyAuthChallengeResponse', 'CreateAuthChallenge', 'DefineAuthChallenge'];

function readTriggers(resolver: Resolver, properties: Properties, path: string): Map<string, string> {
  const config = properties.LambdaConfig === undefined ? {} : object(properties.LambdaConfig, `${path}.LambdaConfig`);
  const triggers = new Map<string, string>();
  for (const [trigger, target] of Object.entries(config)) {
    const at = `${path}.LambdaConfig.${trigger}`;
    if (trigger === 'PreTokenGenerationConfig') {
      const versioned = object(target, at);
      triggers.set(
        `PreTokenGeneration:${versioned.LambdaVersion}`,
        resolver.link(versioned.LambdaArn, `${at}.LambdaArn`),
      );
    } else if (RUN_AT_SIGN_IN.includes(trigger)) {
      triggers.set(trigger, resolver.link(target, at));
    } else if (!NEVER_AT_SIGN_IN.includes(trigger)) {
      throw new TemplateRefusal(at, 'the preview does not know this trigger');
    }
  }
  // The versioned form wins over the old one, as it does in Cognito.
  if ([...triggers.keys()].some((key) => key.startsWith('PreTokenGeneration:'))) {
    triggers.delete('PreTokenGeneration');
  }
  return triggers;
}

function readNotes(properties: Properties, path: string): string[] {
  const notes = [];
  if (properties.MfaConfiguration !== undefined && properties.MfaConfiguration !== 'OFF') {
    notes.push(
      `The user pool asks for a second factor (MFA ${properties.MfaConfiguration}); the local sign-in does not.`,
    );
  }
  const { SignInPolicy: policy = {} } = object(properties.Policies ?? {}, `${path}.Policies`);
  const { AllowedFirstAuthFactors: factors } = object(policy, `${path}.Policies.SignInPolicy`);
  const others = strings(factors, `${path}.Policies.SignInPolicy.AllowedFirstAuthFactors`).filter(
    (factor) => factor !== 'PASSWORD',
  );
  if (others.length > 0) {
    notes.push(`The user pool has other ways to sign in (${others.join(', ')}); here there are passwords only.`);
  }
  return notes;
}
