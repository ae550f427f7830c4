const PREFIX = 'arn:aws:ecs:us-east-1:111122223333';

/** Names of what the control plane has one of. */
export const ARNs = {
  cluster: `${PREFIX}:cluster/ecs-paebbl-cluster`,
  service: `${PREFIX}:service/ecs-paebbl-cluster/app`,
  task: `${PREFIX}:task/ecs-paebbl-cluster`,
};
