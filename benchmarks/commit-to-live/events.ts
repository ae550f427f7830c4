import type { Deployment } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import { record, sample, type World } from '../../packages/slack-notify/test/runtime/lambda/world';
import type { WorkingClock } from './clock';
import type { Failure } from './service';

/** Milliseconds until EventBridge and the queue have brought an event, assumed. */
const DELIVERY = 2_000;

let events = 0;

/** Gives the Lambda function of slack-notify the event that AWS sends for a stopped task. Returns when it was first told. */
export function tellOfTasks(world: World, clock: WorkingClock) {
  const told: { at?: number; title?: string } = {};
  const tell = async ({ stopCode, stoppedReason, exitCode }: Failure, deployment: Deployment) => {
    await clock.sleep(DELIVERY);
    events++;
    const taskDefinitionArn = deployment.taskDefinition;
    const containers = [{ name: 'app', lastStatus: 'STOPPED', exitCode }];
    const detail = { stopCode, stoppedReason, containers, taskDefinitionArn };
    await world.deliver([record(sample('task-exited', `event-${events}`, detail))]);
    if (world.slack.channel.length > 0) {
      told.at ??= clock.now();
      told.title ??= world.titles()[0];
    }
  };
  return { told, tell };
}
