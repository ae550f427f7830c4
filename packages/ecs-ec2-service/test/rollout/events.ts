import type { RolloutEvent } from '../../runtime/rollout/report/events';

/** How every rollout begins. */
export const started: RolloutEvent = {
  type: 'started',
  service: 'app',
  image: 'r/app:1',
  taskDefinition: 'arn:x/app:2',
  deployment: 'arn:y/d1',
};
