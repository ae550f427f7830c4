import { record, sample, World } from './lambda/world';

const SERVICE = 'arn:aws:ecs:us-east-1:111122223333:service-deployment/ecs-paebbl-cluster/app';
const PAUSED = `${SERVICE}/0EYSiB0qap8xf0N76FsbE`;
const REGISTRY = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const COMMIT = '4f2c1d7e0b5a69788c9d0e1f2a3b4c5d6e7f8091';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
/** The events say 15:54:39. */
const BEFORE = Date.parse('2026-03-05T15:50:00Z') / 1000;
const AFTER = Date.parse('2026-03-05T15:58:00Z') / 1000;

let world: World;
beforeEach(async () => {
  world = await World.start();
  world.aws.revisions.new = [{ image: `${REGISTRY}/paebbl-repository:${COMMIT}`, imageDigest: DIGEST }];
  world.aws.revisions.old = [{ image: `${REGISTRY}/paebbl-repository@${DIGEST}`, imageDigest: DIGEST }];
  world.aws.revisions.other = [{ image: 'other:1' }];
  world.aws.deployments.push(
    { serviceDeploymentArn: `${SERVICE}/earlier`, createdAt: BEFORE - 9000, targetServiceRevision: { arn: 'other' } },
    { serviceDeploymentArn: `${SERVICE}/later`, createdAt: AFTER, targetServiceRevision: { arn: 'other' } },
    {
      serviceDeploymentArn: PAUSED,
      createdAt: BEFORE,
      targetServiceRevision: { arn: 'new' },
      rollback: { serviceRevisionArn: 'old' },
    },
  );
});
afterEach(() => world.stop());

const facts = () => JSON.stringify(world.slack.channel.at(-1)?.message.blocks);

test.each(['deployment-started', 'deployment-completed', 'deployment-failed', 'deployment-paused'])(
  'the message of %s names the image, by its tag and digest',
  async (name) => {
    await world.deliver([record(sample(name, 'a'))]);

    expect(facts()).toContain(`*Image*\\npaebbl-repository:4f2c1d7e0b5a (abababababab)`);
  },
);

test('a rollback names the image that it goes back to, at its beginning and at its end', async () => {
  await world.deliver([record(sample('deployment-rolling-back', 'a', { deploymentId: 'ecs-svc/back' }))]);
  expect(facts()).toContain('*Back to*\\npaebbl-repository@abababababab');

  await world.deliver([record(sample('deployment-completed', 'b', { deploymentId: 'ecs-svc/back' }))]);
  expect(facts()).toContain('*Back to*\\npaebbl-repository@abababababab');
});

test.each(['ListServiceDeployments', 'DescribeServiceDeployments', 'DescribeServiceRevisions'])(
  'the message goes out without the image when %s is refused',
  async (action) => {
    world.aws.failing.set(action, { status: 400, type: 'AccessDeniedException' });
    await world.deliver([record(sample('deployment-started', 'a'))]);

    expect(world.titles()).toEqual(['ℹ️ app is being deployed']);
    expect(facts()).not.toContain('*Image*');
    expect(world.output()).toContain('the images of the deployment could not be looked up');
  },
);

test('the message goes out without the image when ECS knows nothing', async () => {
  world.aws.deployments.length = 0;
  await world.deliver([record(sample('deployment-started', 'a')), record(sample('deployment-paused', 'b'))]);

  expect(world.titles()).toHaveLength(2);
  expect(world.output()).not.toContain('could not be looked up');
});

test.each([
  ['the commit among its tags', ['latest', COMMIT], `paebbl-repository:4f2c1d7e0b5a (abababababab)`],
  ['its first tag when none is a commit', ['v1.2', 'latest'], 'paebbl-repository:v1.2 (abababababab)'],
  ['its digest when it has no tag', [], 'paebbl-repository@abababababab'],
])('an image that is deployed by its digest is told with %s', async (_name, tags, words) => {
  world.aws.revisions.new = world.aws.revisions.old ?? [];
  world.aws.tags[DIGEST] = tags;
  await world.deliver([record(sample('deployment-paused', 'a'))]);

  expect(facts()).toContain(`*Image*\\n${words}"`);
});

test('an image is told with its digest when its tags may not be read', async () => {
  world.aws.revisions.new = world.aws.revisions.old ?? [];
  world.aws.failing.set('DescribeImages', { status: 400, type: 'AccessDeniedException' });
  await world.deliver([record(sample('deployment-paused', 'a'))]);

  expect(facts()).toContain('*Image*\\npaebbl-repository@abababababab"');
});
