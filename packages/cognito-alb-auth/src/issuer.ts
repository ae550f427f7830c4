import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What tokens of a user pool say about where they come from. An imported pool does not know it by itself. */
export function issuerOf(scope: Construct, { userPoolId }: IUserPool): string {
  const { region, urlSuffix } = Stack.of(scope);
  return `https://cognito-idp.${region}.${urlSuffix}/${userPoolId}`;
}
