import { DescribeServiceDeploymentsCommand, DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { CLUSTER, SERVICE } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import type { Wait } from './peers';

/** Milliseconds between two looks of `aws ecs wait services-stable` and of the deploy action. */
const EVERY = 15_000;

/** `aws ecs wait services-stable`: 40 looks, and stable is a service with one deployment that has all its tasks. */
export const waitServicesStable: Wait = async (client, { clock }) => {
  for (let looks = 1; ; looks++) {
    const { services } = await client.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }));
    const { deployments = [], runningCount, desiredCount } = services?.[0] ?? {};
    if (deployments.length === 1 && runningCount === desiredCount) {
      return true;
    }
    if (looks === 40) {
      return false;
    }
    await clock.sleep(EVERY);
  }
};

/** The same pace, and the right question: what became of this very deployment? Half an hour at most, as the deploy action. */
export const pollTheDeployment: Wait = async (client, { clock }, deployment) => {
  for (const giveUpAt = clock.now() + 30 * 60_000; clock.now() < giveUpAt; ) {
    const input = { serviceDeploymentArns: [deployment] };
    const { serviceDeployments } = await client.send(new DescribeServiceDeploymentsCommand(input));
    const status = serviceDeployments?.[0]?.status ?? '';
    if (/^(SUCCESSFUL|STOPPED|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED)$/.test(status)) {
      return status === 'SUCCESSFUL';
    }
    await clock.sleep(EVERY);
  }
  return false;
};
