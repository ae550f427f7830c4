import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Stack } from 'aws-cdk-lib/core';

/** ARNs of what ECS makes for each deployment of these services, which nobody knows before. */
export function partsOf(services: ecs.IBaseService[], part: 'service-deployment' | 'service-revision'): string[] {
  return services.map((service) =>
    Stack.of(service).formatArn({
      service: 'ecs',
      resource: part,
      resourceName: `${service.cluster.clusterName}/${service.serviceName}/*`,
    }),
  );
}
