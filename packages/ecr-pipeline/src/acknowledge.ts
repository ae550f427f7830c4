import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Gives the reason for every wildcard among the resources of these statements, in the form of id that cdk-nag looks for.
 *
 * cdk-nag wants each finding named by itself, with references written as `<LogicalId.Attribute>`.
 */
export function acknowledgeWildcards(scope: IConstruct, statements: iam.PolicyStatement[], reason: string): void {
  const resources = statements.flatMap((statement) => statement.resources.map((arn) => Stack.of(scope).resolve(arn)));
  for (const resource of new Set(resources.map(inWords).filter((words) => words.includes('*')))) {
    Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}

/** A resolved value as one text: `{ Ref: 'A' }` is `<A>`, `{ 'Fn::GetAtt': ['A', 'Arn'] }` is `<A.Arn>`. */
function inWords(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') {
    return `<${Ref}>`;
  }
  if (Array.isArray(attribute)) {
    return `<${attribute.join('.')}>`;
  }
  if (Array.isArray(join)) {
    const [separator, parts] = join as [string, unknown[]];
    return parts.map(inWords).join(separator);
  }
  return JSON.stringify(value);
}
