import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Says why these ARNs end in a wildcard. cdk-nag wants each finding by itself, with references as `<LogicalId.Attribute>`.
 */
export function acknowledgeWildcards(scope: IConstruct, arns: string[], reason: string): void {
  for (const arn of arns) {
    const words = inWords(Stack.of(scope).resolve(arn));
    Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${words}]`, reason });
  }
}

function inWords(value: unknown): string {
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Join': join } = Object(value);
  if (reference) {
    return `<${reference}>`;
  }
  if (attribute) {
    return `<${attribute.join('.')}>`;
  }
  return join ? join[1].map(inWords).join(join[0]) : typeof value === 'string' ? value : JSON.stringify(value);
}
