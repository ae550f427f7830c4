import { parse } from 'yaml';
import type { Step, Workflow } from '../src/workflow/workflow-file';
import { generate } from './sample';
import { runScript } from './shell';

/** The scripts of the workflows, run with an `aws` and an `npx` that are played: the real ones would call AWS. */
const { read } = generate({}, undefined, {});
const { read: readEnvironment } = generate({}, undefined, { environment: 'production' });
const script = (file: 'deploy' | 'pull-request', job: string, name: string, from = read): string => {
  const { jobs } = parse(from(`.github/workflows/${file}.yml`)) as Workflow;
  return jobs[job].steps.find((step: Step) => step.name === name)?.run as string;
};

const DIGEST = `sha256:${'1'.repeat(64)}`;
const REPOSITORY = {
  ECR_REPOSITORY_URI: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/viz',
  GITHUB_SHA: 'c0ffee',
};
const MANIFEST = { schemaVersion: 2, text: 'a "quoted" $word' };
const IMAGE = JSON.stringify({
  images: [
    { imageManifest: JSON.stringify(MANIFEST), imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json' },
  ],
});

/** A registry in which the tag belongs to the digest that is given, or to none. */
const registry = (tagged: string) => `case "$*" in
  *imageTag=*) echo '${tagged}' ;;
  *imageDigest=*) echo '${IMAGE}' ;;
  put-image*|*put-image*) : ;;
esac`;

describe('the tag of an image', () => {
  const tag = script('deploy', 'image', 'Tag the image with its commit');
  const env = { ...REPOSITORY, DIGEST };

  test('is put to the very manifest that was attested', () => {
    const { status, calls } = runScript(tag, { aws: registry('None') }, env);

    expect(status).toBe(0);
    expect(calls.at(-1)).toBe(
      `aws ecr put-image --repository-name team/viz --image-tag c0ffee --image-digest ${DIGEST} ` +
        `--image-manifest ${JSON.stringify(MANIFEST)} ` +
        '--image-manifest-media-type application/vnd.oci.image.manifest.v1+json',
    );
  });

  test('is left alone when the image has it already', () => {
    const { status, calls } = runScript(tag, { aws: registry(DIGEST) }, env);

    expect(status).toBe(0);
    expect(calls.join('\n')).not.toContain('put-image');
  });

  test('of what was released is another one, on the same image', () => {
    const { calls } = runScript(
      script('deploy', 'deploy', 'Keep the released image'),
      { aws: registry('None') },
      { ...REPOSITORY, DIGEST },
    );

    expect(calls.at(-1)).toContain(`--image-tag released-c0ffee --image-digest ${DIGEST}`);
  });

  test('that cannot be put fails the job', () => {
    const aws = `${registry('None')}\n[[ "$*" != *put-image* ]]`;
    expect(runScript(tag, { aws }, env).status).not.toBe(0);
  });
});

describe('looking for the image of a commit', () => {
  const look = script('deploy', 'image', 'Look for the image of this commit');

  test('tells its digest', () => {
    expect(runScript(look, { aws: registry(DIGEST) }, REPOSITORY).output).toBe(`digest=${DIGEST}\n`);
  });

  test('tells nothing when there is none', () => {
    expect(runScript(look, { aws: registry('None') }, REPOSITORY)).toMatchObject({ status: 0, output: '' });
  });

  test('fails where it cannot be known', () => {
    expect(runScript(look, { aws: 'exit 254' }, REPOSITORY).status).not.toBe(0);
  });
});

/** How the three jobs ended. */
const ended = (results: string) => {
  const [TEST, IMAGE, DEPLOY] = results.split(' ');
  return { TEST, IMAGE, DEPLOY };
};

describe('the channel is told', () => {
  const tell = script('deploy', 'notify', 'Tell the channel');
  // Each argument in brackets: a reason has spaces.
  const npx = 'printf \'[%s]\' "${@:4}" >>"$GITHUB_STEP_SUMMARY"';
  const told = (results: string, env: Record<string, string> = {}, from = tell) => {
    const { status, summary } = runScript(from, { npx }, { ...ended(results), ...env });
    expect(status).toBe(0);
    return summary;
  };

  test.each([
    ['success success success', 'success', ''],
    ['success success failure', 'failure', 'The job Deploy failed. '],
    ['success cancelled skipped', 'cancelled', 'The job Image was cancelled or took too long. '],
    ['failure success skipped', 'failure', 'The job Test failed. '],
    ['failure failure skipped', 'failure', 'The job Test failed. The job Image failed. '],
    ['success success skipped', 'cancelled', ''],
  ])('after %s: %s, %s', (results, status, reason) => {
    expect(told(results)).toBe(`[send][--status][${status}][--reason=${reason}][--seconds=]`);
  });

  test('why a rollout failed, how long it took and of what', () => {
    const env = { OUTCOME: 'rolled-back', REASON: '--it "ended" $HOME', TOOK: '83', SERVICE: 'my viz' };
    expect(told('success success failure', env)).toBe(
      '[send][--status][failure][--reason=The job Deploy failed. --it "ended" $HOME][--seconds=83][--service=my viz]',
    );
  });

  test('where to, when deployments have an environment', () => {
    const from = script('deploy', 'notify', 'Tell the channel', readEnvironment);
    expect(told('success success success', { ENVIRONMENT: 'production' }, from)).toBe(
      '[send][--status][success][--reason=][--seconds=][--environment=production]',
    );
  });

  test('that an image is live which is not marked so', () => {
    expect(told('success success failure', { OUTCOME: 'succeeded', REASON: '' })).toContain(
      '[--reason=The job Deploy failed. The image is live, but is not marked as released: repeat the job, or it expires.]',
    );
  });
});

describe('where the message cannot be made, one line', () => {
  const oneLine = script('deploy', 'notify', 'Tell it in one line, as the message could not be made');
  const env = {
    ...ended('failure success skipped'),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/viz',
    GITHUB_REF_NAME: 'main',
    GITHUB_RUN_ID: '42',
  };
  const secret = 'https://hooks.slack.com/services/T0/B0/secret';

  test('is posted, without the address being seen', () => {
    const curl = 'cat >>"$GITHUB_STEP_SUMMARY"';
    const { status, calls, summary, stderr } = runScript(oneLine, { curl }, { ...env, SLACK_WEBHOOK_URL: secret });

    expect(status).toBe(0);
    expect(calls).toEqual([
      expect.stringContaining(
        '--data {"text": "acme/viz, push to main: test failure, image success, deploy skipped. ' +
          'https://github.com/acme/viz/actions/runs/42"}',
      ),
    ]);
    expect(summary).toBe(`url = "${secret}"\n`);
    expect(calls.join() + stderr).not.toContain(secret);
  });

  test('is left out, and says so, where there is no channel', () => {
    const { status, calls, stdout } = runScript(oneLine, { curl: '' }, { ...env, SLACK_WEBHOOK_URL: '' });

    expect([status, calls]).toEqual([0, []]);
    expect(stdout).toBe('::notice title=Slack was not told::The secret SLACK_WEBHOOK_URL is not set.\n');
  });

  test('fails the step when Slack does not take it', () => {
    const { status } = runScript(oneLine, { curl: 'exit 22' }, { ...env, SLACK_WEBHOOK_URL: secret });
    expect(status).toBe(22);
  });
});

test('a repository variable that is not set is named', () => {
  const check = script('deploy', 'deploy', 'Check that the repository variables are set');
  const all = {
    AWS_REGION: 'r',
    AWS_DEPLOY_ROLE_ARN: 'a',
    ECR_REPOSITORY_URI: 'u',
    ECS_CLUSTER: 'c',
    ECS_SERVICE: '',
    RELEASED_IMAGE_PARAMETER: 'p',
  };

  expect(runScript(check, {}, { ...all, ECS_SERVICE: 's' }).status).toBe(0);
  const missing = runScript(check, {}, all);
  expect(missing.status).not.toBe(0);
  expect(missing.stderr).toContain('ECS_SERVICE: is not set: name of the service');
});

describe('comparing the templates of a pull request', () => {
  const compare = script('pull-request', 'infrastructure', 'Compare');
  const template = (folder: string, ...stacks: string[]) =>
    Object.fromEntries(stacks.map((stack) => [`${folder}/${stack}.template.json`, '{}']));
  const run = (files: Record<string, string>) =>
    runScript(compare, { npx: 'echo "what changes in ${*: -1}"' }, {}, files);
  const diff = (stack: string, before: string) =>
    `npx cdk diff --app /runner/after --exclusively --template /runner/${before} ${stack}`;

  test('names each stack, and asks AWS for nothing', () => {
    const { status, calls, summary } = run({
      'before/manifest.json': '{}',
      ...template('before', 'Viz', 'VizPipeline'),
      ...template('after', 'Viz', 'VizPipeline'),
    });

    expect(status).toBe(0);
    expect(calls).toEqual([
      diff('Viz', 'before/Viz.template.json'),
      diff('VizPipeline', 'before/VizPipeline.template.json'),
    ]);
    expect(summary).toContain('## Viz\n```\nwhat changes in Viz\n```\n');
  });

  test('a new stack is compared with nothing, and one that is gone is named', () => {
    const { calls, summary } = run({
      'before/manifest.json': '{}',
      ...template('before', 'Old'),
      ...template('after', 'New', 'New.Part.nested'),
    });

    expect(calls).toEqual([diff('New', 'empty.json')]);
    expect(summary).toContain(
      '## Old\nNo longer part of the app. What is deployed of it stays until it is destroyed.\n',
    );
  });

  test.each([
    ['the first change', {}],
    ['one that repairs the stacks', template('before', 'Viz')],
  ])('%s has nothing before it that synthesizes: everything is new', (_name, before) => {
    const { status, calls, summary } = run({ ...before, ...template('after', 'Viz') });

    expect(status).toBe(0);
    expect(calls).toEqual([diff('Viz', 'empty.json')]);
    expect(summary).toContain('does not synthesize, so everything is shown as new.');
  });

  test('a template that cannot be compared fails the job', () => {
    const files = { 'before/manifest.json': '{}', ...template('after', 'Viz') };
    expect(runScript(compare, { npx: 'exit 1' }, {}, files).status).not.toBe(0);
  });
});

test('what a pull request is based on may fail to synthesize, the change may not', () => {
  const { jobs } = parse(read('.github/workflows/pull-request.yml')) as Workflow;
  const forgiven = jobs.infrastructure.steps.filter((step) => step['continue-on-error']);
  expect(forgiven.map(({ name }) => name)).toEqual(['Install (before)', 'Synthesize (before)']);
});
