import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { type IResolveContext, Lazy, Token } from 'aws-cdk-lib/core';
import type { DeploymentStyle } from './deployment-style';

type Configuration = ecs.CfnService.DeploymentConfigurationProperty;
type Alarms = ecs.CfnService.DeploymentAlarmsProperty;

/** What the L2 leaves out of the deployment configuration of a service. */
export interface DeploymentAdditions {
  readonly style: DeploymentStyle;
  readonly failureThreshold: number;
  /** Names of alarms that roll back. What is added to this list until synthesis counts. */
  readonly rollbackAlarms: readonly string[];
}

/**
 * Completes the deployment configuration: when the circuit breaker trips (aws-cdk 38243), pauses, and all alarms. The L2 forgets
 * the alarms of every call of `enableDeploymentAlarms` but the first, so ours are added beside it.
 */
export function completeDeployment(service: ecs.BaseService, additions: DeploymentAdditions): void {
  const resource = service.node.defaultChild as ecs.CfnService;
  for (const hook of additions.style._lifecycleHooks()) {
    const config = hook.bind(service);
    service.addLifecycleHook({ bind: () => config });
    if (config.role) {
      // Its policy too: the first deployment asks the function as soon as the service is there.
      resource.node.addDependency(config.role);
    }
  }
  const made = resource.deploymentConfiguration as Configuration;
  resource.deploymentConfiguration = {
    ...made,
    deploymentCircuitBreaker: {
      enable: true,
      rollback: true,
      thresholdConfiguration: { type: 'COUNT', value: additions.failureThreshold },
      // Else a task that starts, is healthy for a moment and dies is never counted (containers-roadmap 1206).
      resetOnHealthyTask: false,
    },
    alarms: Lazy.uncachedAny({
      produce: (context) => withAlarms(resolved<Alarms>(context, made.alarms), additions.rollbackAlarms),
    }),
    lifecycleHooks: Lazy.uncachedAny(
      {
        produce: (context) => [
          ...(resolved<object[]>(context, made.lifecycleHooks) ?? []),
          ...additions.style._pauses(),
        ],
      },
      { omitEmptyArray: true },
    ),
  };
}

/**
 * Name of an alarm. A fixed one is taken as it is written: a reference would be a circle where the alarm watches the service
 * itself.
 */
export function nameOfAlarm(alarm: cloudwatch.IAlarm): string {
  const { defaultChild } = alarm.node;
  const fixed =
    defaultChild instanceof cloudwatch.CfnAlarm || defaultChild instanceof cloudwatch.CfnCompositeAlarm
      ? defaultChild.alarmName
      : undefined;
  return fixed === undefined || Token.isUnresolved(fixed) ? alarm.alarmName : fixed;
}

/** The L2 says nothing or `enable: false` when it knows of no alarm. */
function withAlarms(made: Alarms | undefined, names: readonly string[]): Alarms | undefined {
  if (names.length === 0) {
    return made;
  }
  const known = made?.enable ? made : { rollback: true, alarmNames: [] };
  return { enable: true, rollback: known.rollback, alarmNames: [...known.alarmNames, ...names] };
}

function resolved<T>(context: IResolveContext, value: unknown): T | undefined {
  return context.resolve(value);
}
