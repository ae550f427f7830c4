import { join } from 'node:path';
import { type CloudAssembly, findStack, readCloudAssembly } from '../../src/assembly/cloud-assembly';
import { type PreviewModel, readPreviewModel } from '../../src/model/preview-model';

export const ASSEMBLY = join(__dirname, '..', 'fixtures', 'assembly');
export const APP = join(__dirname, '..', 'fixtures', 'app');
export const STACK = 'FixtureViz';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into the template as they like.
export type Json = any;
export type Change = (resources: Json, template: Json) => void;

/** A user pool that no stack of the fixture makes. */
export const OTHER_POOL = 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Abc123';

/** Changes each action that signs people in. */
export function everySignIn({ Https, ApiRule }: Json, change: (action: Json) => void): void {
  for (const [action] of [Https.Properties.DefaultActions, ApiRule.Properties.Actions]) {
    change(action);
  }
}

/** Signs people in with another stack's user pool. */
export function withOtherPool(domain: string, arn = OTHER_POOL): Change {
  return (resources) => {
    everySignIn(resources, ({ AuthenticateCognitoConfig }) =>
      Object.assign(AuthenticateCognitoConfig, { UserPoolArn: arn, UserPoolDomain: domain }),
    );
    resources.Client.Properties.UserPoolId = 'eu-central-1_Abc123';
  };
}

/** The fixture app with a change to its template. */
export function changedAssembly(change: Change): CloudAssembly {
  const assembly = readCloudAssembly(ASSEMBLY);
  const stack = findStack(assembly, STACK);
  change(stack.template.Resources, stack.template);
  return assembly;
}

/** What the preview reads from the fixture with a change to its template. */
export function changedModel(change: Change = () => undefined, env: Record<string, string> = {}): PreviewModel {
  const assembly = changedAssembly(change);
  return readPreviewModel(assembly, findStack(assembly, STACK), new Map(Object.entries(env)));
}
