import { ECSClient, RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { docker } from '../../apps/paebbl-viz/e2e/src/engine';
import { buildImage } from '../../apps/paebbl-viz/e2e/src/engine-image';
import { CLUSTER, SERVICE } from '../../packages/ecs-ec2-service/test/rollout/control-plane/state';
import type { Ran, Stage } from './ways';

/** Waits for the rollout of a deployment, and says whether it is good. */
export type Wait = (client: ECSClient, stage: Stage, deployment: string) => Promise<boolean>;

/** Name of the image on the build machine, as the team calls it. */
const LOCAL = 'flask-app';

/**
 * The team's own steps: `docker build`, `docker tag`, `docker push`, `aws ecs register-task-definition`, `aws ecs update-service`, a
 * wait, and a step that posts to Slack. The calls to AWS are made without the time that a command-line tool takes to start.
 */
export const peer =
  (wait: Wait) =>
  async (stage: Stage): Promise<Ran> => {
    const { builder, clock, folder, repository, commit, plane } = stage;
    const image = `${repository}:${commit}`;
    await buildImage(builder, LOCAL, folder);
    const builtAt = clock.now();
    await docker(builder, 'tag', LOCAL, image);
    await docker(builder, 'push', '--quiet', image);
    const pushedAt = clock.now();
    const client = new ECSClient({
      endpoint: plane.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    });
    const { taskDefinitionArn: _arn, ...definition } = plane.state.definitions[0];
    const containerDefinitions = definition.containerDefinitions?.map((container) => ({ ...container, image }));
    const { taskDefinition } = await client.send(
      new RegisterTaskDefinitionCommand({ family: definition.family, containerDefinitions }),
    );
    const target = { cluster: CLUSTER, service: SERVICE, taskDefinition: taskDefinition?.taskDefinitionArn };
    await client.send(new UpdateServiceCommand(target));
    const registeredAt = clock.now();
    const success = await wait(client, stage, plane.state.latest().arn);
    const verdictAt = clock.now();
    await fetch(`${stage.slack.origin}/services/T00000000/B00000000/not-a-real-token`, {
      method: 'POST',
      body: JSON.stringify({ text: `Deployment of ${commit}: ${success ? 'success' : 'failure'}` }),
    });
    return { builtAt, pushedAt, registeredAt, verdictAt, toldAt: clock.now(), success };
  };
