import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { App, Stack } from 'aws-cdk-lib/core';
import { EcsEc2Service, type EcsEc2ServiceProps } from '../src';

export const image = ecs.ContainerImage.fromRegistry(`example/app@sha256:${'a'.repeat(64)}`);

/** A stack with one service, and its template. */
export function synthesize(props: Partial<EcsEc2ServiceProps> | ((stack: Stack) => Partial<EcsEc2ServiceProps>) = {}) {
  const app = new App();
  const stack = new Stack(app, 'Test', { env: { region: 'us-east-1' } });
  const own = typeof props === 'function' ? props(stack) : props;
  const service = new EcsEc2Service(stack, 'App', { image, ...own });
  return {
    app,
    stack,
    service,
    // When asked for only: aws-cdk-lib cannot synthesize a cluster with capacity providers twice.
    get template() {
      return Template.fromStack(stack);
    },
  };
}
