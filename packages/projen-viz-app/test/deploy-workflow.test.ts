import { parse } from 'yaml';
import { Architecture } from '../src';
import type { Job, Workflow } from '../src/workflow/workflow-file';
import { generate } from './sample';

const workflow = (file: 'deploy' | 'pull-request', options = {}): Workflow =>
  parse(generate({}, undefined, options).read(`.github/workflows/${file}.yml`));
const steps = (job: Job) => job.steps.map((step) => `${step.uses ?? ''} ${step.run ?? ''}`).join('\n');
const jobs = () => [...Object.values(workflow('deploy').jobs), ...Object.values(workflow('pull-request').jobs)];

test('every action is pinned by commit, with its release beside it', () => {
  for (const file of ['deploy', 'pull-request']) {
    const uses =
      generate({}, undefined, {})
        .read(`.github/workflows/${file}.yml`)
        .match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(3);
    for (const line of uses) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  }
});

test('every job has a time limit, and no permission that it does not need', () => {
  for (const job of jobs()) {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  }
  expect(workflow('deploy').permissions).toEqual({});
  expect(Object.fromEntries(Object.entries(workflow('deploy').jobs).map(([id, job]) => [id, job.permissions]))).toEqual(
    {
      test: { contents: 'read' },
      image: { contents: 'read', 'id-token': 'write', attestations: 'write' },
      deploy: { contents: 'read', 'id-token': 'write' },
      notify: { contents: 'read' },
    },
  );
});

test('a pull request gets no credentials and pushes nothing', () => {
  const { jobs: own, on } = workflow('pull-request');
  expect(Object.keys(on)).toEqual(['pull_request']);
  const text = JSON.stringify(own);
  expect(text).not.toMatch(/id-token|secrets\.|configure-aws|vars\./);
  expect(own.image.steps.at(-1)?.with).toMatchObject({ push: false });
  expect(steps(own.infrastructure)).toContain('npx cdk diff');
});

test('two pushes are deployed one after the other, and none is cut off', () => {
  expect(workflow('deploy').concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
});

test('a push is tested while its image is built, and deployed only after both', () => {
  const { image, deploy, notify } = workflow('deploy').jobs;
  expect([image.needs, deploy.needs, notify.needs]).toEqual([
    undefined,
    ['test', 'image'],
    ['test', 'image', 'deploy'],
  ]);
  // A condition such as always() would deploy what failed.
  expect(deploy.if).toBeUndefined();
});

test('a repeated run finds the image of its commit and does not build it again', () => {
  const { steps: all } = workflow('deploy').jobs.image;
  const built = all.filter(
    (step) => /build-push|attest|sbom/.test(step.uses ?? '') || /put-image/.test(step.run ?? ''),
  );
  expect(built).toHaveLength(5);
  expect(new Set(built.map((step) => step.if))).toEqual(new Set(["steps.existing.outputs.digest == ''"]));
});

test('an image has the tag of its commit only once it is attested, so that a repeated run finds none that is not', () => {
  const { steps: all } = workflow('deploy').jobs.image;
  const build = all.find(({ id }) => id === 'build');
  expect(build?.with?.outputs).toContain('push-by-digest=true');
  expect(build?.with).not.toHaveProperty('tags');
  expect(all.at(-1)?.run).toContain('tag=$GITHUB_SHA');
  expect(all.at(-1)?.env?.DIGEST).toBe('${{ steps.build.outputs.digest }}');
});

test('attesting takes no permission but those that the job has', () => {
  const attest = workflow('deploy').jobs.image.steps.filter((step) => step.uses?.startsWith('actions/attest@'));
  expect(attest.map((step) => [step.with?.['sbom-path'], step.with?.['create-storage-record']])).toEqual([
    [undefined, false],
    ['sbom.spdx.json', false],
  ]);
});

test('without attestations nothing is attested, and GitHub is asked for no right to do so', () => {
  const { image } = workflow('deploy', { attestations: false }).jobs;
  expect(steps(image)).not.toMatch(/attest|sbom-action/);
  expect(image.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(image.steps.at(-1)?.run).toContain('put-image');
});

test('what is deployed is the digest that was pushed, never a tag', () => {
  const { deploy } = workflow('deploy').jobs;
  expect(steps(deploy)).toContain('--image "$ECR_REPOSITORY_URI@$DIGEST"');
  expect(deploy.env?.DIGEST).toBe('${{ needs.image.outputs.digest }}');
});

test('no script holds an expression, whose value could be a command', () => {
  for (const job of jobs()) {
    expect(job.steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
  }
});

test('no account, region or cluster is written down', () => {
  const text = JSON.stringify(jobs());
  expect(text).not.toMatch(/\d{12}[^0-9a-f]|dkr\.ecr|arn:aws/);
  expect(text.match(/(us|eu|ap)-[a-z]+-\d/g)).toEqual(['us-east-1', 'us-east-1']); // examples in the messages
});

test('the channel is told whatever happened', () => {
  const { notify } = workflow('deploy', { buildCommand: 'npm run build' }).jobs;
  expect(notify.if).toBe('always()');
  // Even when the tool that tells does not build.
  expect(notify.steps.at(-1)).toMatchObject({ if: 'failure() || cancelled()', run: expect.stringContaining('curl') });
});

test('the channel is told how the rollout ended, why, and what was rolled out', () => {
  const { deploy, notify } = workflow('deploy').jobs;
  const tell = notify.steps.find(({ name }) => name === 'Tell the channel');
  expect(deploy.steps.find(({ name }) => name === 'Roll out')?.id).toBe('rollout');
  expect(deploy.outputs).toEqual({
    outcome: '${{ steps.rollout.outputs.outcome }}',
    reason: '${{ steps.rollout.outputs.reason }}',
    seconds: '${{ steps.rollout.outputs.seconds }}',
    service: '${{ vars.ECS_SERVICE }}',
  });
  expect(tell?.env).toEqual({
    SLACK_WEBHOOK_URL: '${{ secrets.SLACK_WEBHOOK_URL }}',
    TEST: '${{ needs.test.result }}',
    IMAGE: '${{ needs.image.result }}',
    DEPLOY: '${{ needs.deploy.result }}',
    OUTCOME: '${{ needs.deploy.outputs.outcome }}',
    REASON: '${{ needs.deploy.outputs.reason }}',
    TOOK: '${{ needs.deploy.outputs.seconds }}',
    SERVICE: '${{ needs.deploy.outputs.service || vars.ECS_SERVICE }}',
  });
});

describe('what a job builds', () => {
  const builds = (options: object) => {
    const { deploy, notify } = workflow('deploy', options).jobs;
    return [deploy, notify].map((job) => job.steps.filter(({ name }) => name === 'Build').map(({ run }) => run));
  };
  const each = { rolloutBuildCommand: 'build rollout', notifyBuildCommand: 'build notify' };

  test('is nothing where both commands are published', () => {
    expect(builds({})).toEqual([[], []]);
  });

  test('is everything where nothing less is named', () => {
    expect(builds({ buildCommand: 'build all' })).toEqual([['build all'], ['build all']]);
  });

  test('is the command that it calls and no more, so that what else is broken keeps no message back', () => {
    expect(builds({ buildCommand: 'build all', ...each })).toEqual([['build rollout'], ['build notify']]);
    expect(steps(workflow('pull-request', { buildCommand: 'build all', ...each }).jobs.infrastructure)).toContain(
      'build all',
    );
  });

  test('is everything where it synthesizes the stack', () => {
    const options = { buildCommand: 'build all', ...each, infrastructureStack: 'Viz' };
    expect(builds(options)).toEqual([['build all'], ['build notify']]);
  });
});

test('what is live is tagged with the start that the rules of the repository protect', () => {
  expect(steps(workflow('deploy').jobs.deploy)).toContain('\ntag=released-$GITHUB_SHA\n');
  expect(steps(workflow('deploy', { releasedTagPrefix: 'live_' }).jobs.deploy)).toContain('\ntag=live_$GITHUB_SHA\n');
});

test('tests that take long have the time that they are given', () => {
  const minutes = (options: object) =>
    (['deploy', 'pull-request'] as const).map((file) => workflow(file, options).jobs.test['timeout-minutes']);
  expect(minutes({})).toEqual([30, 30]);
  expect(minutes({ testTimeoutMinutes: 60 })).toEqual([60, 60]);
});

test('with an environment, deployments run in it, and the channel is told without its approval', () => {
  const own = workflow('deploy', { environment: 'production' }).jobs;
  expect([own.test, own.image, own.deploy, own.notify].map((job) => job.environment)).toEqual([
    undefined,
    undefined,
    'production',
    undefined,
  ]);
});

test('the image is built on its own kind of processor', () => {
  expect(workflow('deploy').jobs.image['runs-on']).toBe('ubuntu-24.04-arm');
  expect(workflow('deploy', { architecture: Architecture.AMD64 }).jobs.image['runs-on']).toBe('ubuntu-24.04');
});

test.each([
  [{ branch: 'release/*' }, "'branch' must be the name of one branch"],
  [{ environment: '*' }, "'environment' must be the name of one environment"],
  [{ nodeVersion: 'latest' }, "'nodeVersion' must be a version such as 24"],
  [{ testCommand: 'echo ${{ github.actor }}' }, "'testCommand' must hold no GitHub expression"],
  [{ notifyBuildCommand: 'echo ${{ github.actor }}' }, "'notifyBuildCommand' must hold no GitHub expression"],
  [{ rolloutBuildCommand: 'echo ${{ github.actor }}' }, "'rolloutBuildCommand' must hold no GitHub expression"],
  [{ releasedTagPrefix: '-live' }, "'releasedTagPrefix' must have 1 to 81 letters, digits and ._-"],
  [{ releasedTagPrefix: 'a$(id)' }, "'releasedTagPrefix' must have 1 to 81 letters, digits and ._-"],
  [{ releasedTagPrefix: '' }, "'releasedTagPrefix' must have 1 to 81 letters, digits and ._-"],
  [{ testTimeoutMinutes: 0 }, "'testTimeoutMinutes' must be a whole number from 1 to 360, got: 0"],
  [{ testTimeoutMinutes: 361 }, "'testTimeoutMinutes' must be a whole number from 1 to 360, got: 361"],
  [{ testTimeoutMinutes: 1.5 }, "'testTimeoutMinutes' must be a whole number from 1 to 360, got: 1.5"],
])('%j is refused at synth', (options, message) => {
  expect(() => generate({}, undefined, options)).toThrow(message);
});
