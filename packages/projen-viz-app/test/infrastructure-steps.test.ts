import { parse } from 'yaml';
import type { Job, Step, Workflow } from '../src/workflow/workflow-file';
import { generate } from './sample';
import { runScript } from './shell';

const deployJob = (options = {}): Job =>
  (parse(generate({}, undefined, options).read('.github/workflows/deploy.yml')) as Workflow).jobs.deploy;
const stepOf = (job: Job, name: RegExp): Step => job.steps.find((step) => name.test(step.name ?? '')) as Step;
const places = (job: Job, ...names: RegExp[]) =>
  names.map((name) => job.steps.findIndex((s) => name.test(s.name ?? '')));

test('unless it is asked for, the workflow deploys images and nothing else', () => {
  expect(JSON.stringify(deployJob())).not.toContain('cdk');
});

test('the stack is synthesized before there are credentials, and deployed before the image', () => {
  const found = places(
    deployJob({ infrastructureStack: 'Viz' }),
    /^Install$/,
    /^Synthesize$/,
    /^Get credentials/,
    /^Deploy the infrastructure/,
    /^Roll out$/,
  );

  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).not.toContain(-1);
});

test('deploying the stack takes no permission of GitHub beyond those of deploying an image', () => {
  expect(deployJob({ infrastructureStack: 'Viz' }).permissions).toEqual(deployJob().permissions);
});

test('where the CDK app is in a folder of its own, it is synthesized and deployed there', () => {
  const job = deployJob({ infrastructureStack: 'Viz', infraDirectory: 'infra' });

  expect(stepOf(job, /^Synthesize$/)['working-directory']).toBe('infra');
  expect(stepOf(job, /^Deploy the infra/)['working-directory']).toBe('infra');
});

test.each(['*', 'Viz*', 'Viz --all', 'Viz; id'])('%s is refused as the name of one stack', (infrastructureStack) => {
  expect(() => generate({}, undefined, { infrastructureStack })).toThrow(
    `'infrastructureStack' must be the name of one stack, without wildcards, got: ${infrastructureStack}`,
  );
});

/** Runs the step with a `cdk` that ends as it is told to: the real one would call AWS. */
function runStep(diffStatus: number, deployStatus: number) {
  const { run = '' } = stepOf(deployJob({ infrastructureStack: 'Viz' }), /^Deploy the infra/);
  const npx = `case "$2" in diff) exit ${diffStatus};; *) exit ${deployStatus};; esac`;
  const { status, calls } = runScript(run, { npx });
  return { status, calls };
}

const DIFF = 'npx cdk diff --app /runner/cdk.out --exclusively --fail --method=template Viz';
const DEPLOY = 'npx cdk deploy --app /runner/cdk.out --exclusively --require-approval never Viz';

test('a template that is deployed already is left alone, so that nothing rolls out twice', () => {
  expect(runStep(0, 0)).toEqual({ status: 0, calls: [DIFF] });
});

test('a template that is another one is deployed, that stack alone', () => {
  expect(runStep(1, 0)).toEqual({ status: 0, calls: [DIFF, DEPLOY] });
});

test('a deployment that fails stops the job before the image is rolled out', () => {
  expect(runStep(1, 1).status).toBe(1);
});
