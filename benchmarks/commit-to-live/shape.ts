import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a service decides what becomes of a new task. Times in seconds. */
export interface Shape {
  /** The load balancer's check of a target, and how long ECS overlooks what it says of a new task. Without one, a task that runs counts as good. */
  readonly check?: { path: string; interval: number; unhealthyAfter: number; grace: number };
  /** How long an old target answers what it has begun, before its task is stopped. */
  readonly draining: number;
  /** So many failed tasks end a rollout, and the version before it stays. Without a circuit breaker ECS goes on for ever. */
  readonly failuresUntilRollback?: number;
}

/** `aws ecs create-service` as the team typed it: no load balancer, no health check, no circuit breaker. */
export const seedShape: Shape = { draining: 0 };

type Resource = { Type: string; Properties: Record<string, unknown> };

/** What the template says that would be deployed. */
export function readShape(): Shape {
  const file = join(__dirname, '..', '..', 'apps', 'paebbl-viz', 'cdk.out', 'PaebblViz.template.json');
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Resource> };
  const service = only(Resources, 'AWS::ECS::Service');
  const target = only(Resources, 'AWS::ElasticLoadBalancingV2::TargetGroup', ({ TargetType }) => TargetType === 'ip');
  const attributes = target.TargetGroupAttributes as { Key: string; Value: string }[];
  const { DeploymentCircuitBreaker: breaker } = service.DeploymentConfiguration as {
    DeploymentCircuitBreaker: { ThresholdConfiguration: { Value: number } };
  };
  return {
    check: {
      path: target.HealthCheckPath as string,
      interval: target.HealthCheckIntervalSeconds as number,
      unhealthyAfter: target.UnhealthyThresholdCount as number,
      grace: service.HealthCheckGracePeriodSeconds as number,
    },
    draining: Number(attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value ?? 300),
    failuresUntilRollback: breaker.ThresholdConfiguration.Value,
  };
}

function only(resources: Record<string, Resource>, type: string, fits = (_: Resource['Properties']) => true) {
  const found = Object.values(resources).filter(({ Type, Properties }) => Type === type && fits(Properties));
  if (found.length !== 1) {
    throw new Error(`The template must have one ${type}, got: ${found.length}`);
  }
  return found[0].Properties;
}
