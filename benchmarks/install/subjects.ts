import { run } from '../../consumers/src/run';
import { constructPackages, root } from '../../consumers/src/workspace';

/** What somebody types after `npm install`. */
export interface Subject {
  readonly name: string;
  readonly packages: string[];
}

/** What the others are compared with: a CDK app needs at least this. */
export const BASELINE = 'aws-cdk-lib and constructs alone';

/** Others' packages for the same kind of app. Where a registry lacks the first of a list, the next one stands for it. */
const PEERS = [
  // Packages of one library, with the same dependencies.
  ['@aws-solutions-constructs/aws-alb-fargate', '@aws-solutions-constructs/aws-fargate-opensearch'],
  ['cdk-pipelines-github'],
  ['cdk-monitoring-constructs'],
];

/** Tools that a pipeline installs without the CDK, by the package that they come in. */
const TOOLS = { 'ecs-rollout': '@paebbl/ecs-ec2-service', 'slack-notify': '@paebbl/slack-notify' };

/**
 * Everything that is measured, each with aws-cdk-lib beside it unless it does without.
 *
 * @param cdk version of aws-cdk-lib, the same for all
 */
export async function subjects(cdk: string): Promise<Subject[]> {
  const beside = [`aws-cdk-lib@${cdk}`, 'constructs@10'];
  const withCdk = (name: string) => ({ name, packages: [name, ...beside] });
  return [
    { name: BASELINE, packages: beside },
    ...constructPackages().map(({ name }) => withCdk(name)),
    ...(await Promise.all(PEERS.map(firstServed))).map(withCdk),
    // What needs no CDK, and is installed by itself.
    ...['@paebbl/preview', '@paebbl/alb-identity'].map((name) => ({ name, packages: [name] })),
    { name: '@paebbl/projen-viz-app with projen', packages: ['@paebbl/projen-viz-app', 'projen', 'constructs@10'] },
    ...Object.entries(TOOLS).map(([tool, name]) => ({ name: `${tool} alone (${name})`, packages: [name] })),
  ];
}

async function firstServed(names: string[]): Promise<string> {
  for (const name of names) {
    try {
      await run('npm', ['view', name, 'version'], { cwd: root });
      return name;
    } catch {
      console.error(`This machine's registry does not have ${name}.`);
    }
  }
  throw new Error(`the registry must have one of ${names.join(', ')}, got: none`);
}
