/** One service, one channel. */
import type { App } from 'aws-cdk-lib/core';
import { SlackNotify } from '../src';
import { stackWithService } from './stack';

export function build(): App {
  const { stack, service, webhookUrl } = stackWithService();
  new SlackNotify(stack, 'Notify', { services: [service], webhookUrl });
  return stack.node.root as App;
}
