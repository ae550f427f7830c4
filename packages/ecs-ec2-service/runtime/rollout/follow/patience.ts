import type { DeploymentConfiguration, Service } from '@aws-sdk/client-ecs';

/** What a rollout may take beside the waiting that its configuration asks for, in minutes. */
const WORK = 30;
/** What ECS does without a word about it. Source: Amazon ECS API Reference, DeploymentConfiguration. */
const ECS_DEFAULTS = { bake: 15, linearPercent: 10, linearMinutes: 6, canaryMinutes: 10, pause: 1_440 };

/** How long to follow a rollout of this service, in milliseconds: what was asked for, else as long as it may take. */
export function patience(asked: number | undefined, { deploymentConfiguration = {} }: Service): number {
  return asked ?? (WORK + waiting(deploymentConfiguration)) * 60_000;
}

/** Minutes of bake times, steps and pauses. */
function waiting(configuration: DeploymentConfiguration): number {
  const { strategy = 'ROLLING', linearConfiguration, canaryConfiguration } = configuration;
  const { stepPercent = ECS_DEFAULTS.linearPercent, stepBakeTimeInMinutes = ECS_DEFAULTS.linearMinutes } =
    linearConfiguration ?? {};
  const { canaryBakeTimeInMinutes = ECS_DEFAULTS.canaryMinutes } = canaryConfiguration ?? {};
  const shifts = strategy === 'LINEAR' ? Math.ceil(100 / stepPercent) : strategy === 'CANARY' ? 2 : 1;
  const shift = strategy === 'LINEAR' ? stepBakeTimeInMinutes : strategy === 'CANARY' ? canaryBakeTimeInMinutes : 0;
  const bake = configuration.bakeTimeInMinutes ?? (strategy === 'ROLLING' ? 0 : ECS_DEFAULTS.bake);
  // After the last shift there is the bake time only.
  return bake + (shifts - 1) * shift + pauses(configuration, shifts);
}

function pauses({ lifecycleHooks = [] }: DeploymentConfiguration, shifts: number): number {
  return lifecycleHooks
    .filter((hook) => hook.targetType === 'PAUSE')
    .flatMap((hook) => {
      const minutes = hook.timeoutConfiguration?.timeoutInMinutes ?? ECS_DEFAULTS.pause;
      // This stage comes before every shift.
      return (hook.lifecycleStages ?? []).map((stage) =>
        stage === 'PRE_PRODUCTION_TRAFFIC_SHIFT' ? minutes * shifts : minutes,
      );
    })
    .reduce((sum, minutes) => sum + minutes, 0);
}
