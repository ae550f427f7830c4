import type { AssemblyStack } from '../assembly/cloud-assembly';

/** The value of a pseudo parameter such as `AWS::Region`, or undefined if the name is none. */
export function pseudoParameter(name: string, stack: AssemblyStack): string | string[] | undefined {
  const china = stack.region.startsWith('cn-');
  const partition = china ? 'aws-cn' : stack.region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const values: Record<string, string | string[]> = {
    'AWS::AccountId': stack.account,
    'AWS::Region': stack.region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': china ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:${partition}:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/preview`,
    'AWS::NotificationARNs': [],
  };
  return values[name];
}
