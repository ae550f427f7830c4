import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** The resources of a scenario that the construct made, without what changes with every version of the bundler. */
export function ownResources(stack: Stack): unknown {
  const { Resources } = Template.fromStack(stack).toJSON();
  const own = Object.fromEntries(
    Object.entries(Resources as Record<string, object>).filter(([id]) => id.startsWith('Auth')),
  );
  return JSON.parse(JSON.stringify(own).replace(/[0-9a-f]{64}\.zip/g, '<bundle>.zip'));
}
