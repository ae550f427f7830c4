import type { FunctionProcess } from '../lambda/function-process';
import { FunctionFailed } from '../lambda/function-process';
import type { User } from './users';

/** The user pool's trigger turned somebody away; the message is the trigger's own. */
export class TriggerRefused extends Error {}

export interface TriggerContext {
  readonly userPoolId: string;
  readonly region: string;
  readonly clientId: string;
}

/** What a pre token generation trigger changed. */
export interface TokenChanges {
  readonly groups: readonly string[];
  readonly idClaims: Readonly<Record<string, unknown>>;
  readonly idSuppressed: readonly string[];
  readonly accessClaims: Readonly<Record<string, unknown>>;
  readonly accessSuppressed: readonly string[];
}

/** Runs the Lambda triggers of the user pool, with the events that Cognito documents for them. */
export class Triggers {
  /** @param functions by the name of the trigger, a version behind a colon */
  constructor(private readonly functions: ReadonlyMap<string, FunctionProcess>) {}

  /** Before the password counts; a trigger that throws keeps the visitor out. */
  public async preAuthentication(user: User, context: TriggerContext): Promise<void> {
    await this.run('PreAuthentication', 'PreAuthentication_Authentication', user, context, { validationData: {} });
  }

  public async postAuthentication(user: User, context: TriggerContext): Promise<void> {
    await this.run('PostAuthentication', 'PostAuthentication_Authentication', user, context, { newDeviceUsed: false });
  }

  /** The first time that somebody comes from another provider. */
  public async externalSignUp(user: User, context: TriggerContext): Promise<void> {
    // There is no user yet, so neither an id nor a status; the two aliases are always there, and empty.
    const { sub: _sub, 'cognito:user_status': _status, identities: _identities, ...mapped } = userAttributes(user);
    const attributes = { ...mapped, 'cognito:email_alias': '', 'cognito:phone_number_alias': '' };
    await this.run('PreSignUp', 'PreSignUp_ExternalProvider', user, context, {
      userAttributes: attributes,
      validationData: {},
    });
    await this.run('PostConfirmation', 'PostConfirmation_ConfirmSignUp', user, context, {});
  }

  public async preTokenGeneration(
    user: User,
    context: TriggerContext,
    scopes: readonly string[],
    refresh: boolean,
  ): Promise<TokenChanges> {
    const source = refresh ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_HostedAuth';
    const groupConfiguration = { groupsToOverride: user.groups, iamRolesToOverride: [], preferredRole: null };
    const name = [...this.functions.keys()].find((key) => key.startsWith('PreTokenGeneration'));
    const returned = name ? await this.run(name, source, user, context, { groupConfiguration, scopes }) : undefined;
    const response = (returned?.response ?? {}) as Record<string, Changes | undefined>;
    const old = response.claimsOverrideDetails ?? {};
    const details = response.claimsAndScopeOverrideDetails ?? {};
    const groups = (old.groupOverrideDetails ?? details.groupOverrideDetails)?.groupsToOverride;
    const id = details.idTokenGeneration ?? old;
    const access = details.accessTokenGeneration ?? {};
    return {
      groups: groups ?? user.groups,
      idClaims: id.claimsToAddOrOverride ?? {},
      idSuppressed: id.claimsToSuppress ?? [],
      accessClaims: access.claimsToAddOrOverride ?? {},
      accessSuppressed: access.claimsToSuppress ?? [],
    };
  }

  private async run(name: string, triggerSource: string, user: User, context: TriggerContext, request: object) {
    const process = this.functions.get(name);
    if (!process) {
      return undefined;
    }
    const event = {
      version: name.includes(':V2') ? '2' : name.includes(':V3') ? '3' : '1',
      triggerSource,
      region: context.region,
      userPoolId: context.userPoolId,
      userName: user.username ?? user.sub,
      callerContext: { awsSdkVersion: 'viz-preview', clientId: context.clientId },
      request: { userAttributes: userAttributes(user), ...request },
      response: {},
    };
    try {
      return (await process.invoke(event)) as { response?: object };
    } catch (error) {
      if (error instanceof FunctionFailed) {
        const message = error.message.slice(error.message.indexOf(': ') + 2);
        throw new TriggerRefused(`${name.split(':')[0]} failed with error ${message}`, { cause: error });
      }
      throw error;
    }
  }
}

interface Changes {
  readonly claimsToAddOrOverride?: Record<string, unknown>;
  readonly claimsToSuppress?: string[];
  readonly groupOverrideDetails?: { readonly groupsToOverride?: string[] };
  readonly idTokenGeneration?: Changes;
  readonly accessTokenGeneration?: Changes;
}

/** Attributes as triggers and tokens see them. */
export function userAttributes(user: User): Record<string, string> {
  return {
    sub: user.sub,
    email: user.email,
    // As of somebody who was invited the way that the README of cognito-alb-auth says; `user.attributes` may say otherwise.
    email_verified: 'true',
    'cognito:user_status': 'CONFIRMED',
    ...user.attributes,
  };
}
