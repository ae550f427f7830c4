import { DependencyType, JsonFile, SampleDir, TextFile } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { ProjenrcTs, TypeScriptRunner } from 'projen/lib/typescript';
import { PythonContainer } from '../container/python-container';
import { ownVersion, VERSIONS } from '../versions';
import { DeployWorkflow } from '../workflow/deploy-workflow';
import { configModule } from './config-module';
import { Framework } from './framework';
import { onlyScripts } from './only-scripts';
import { sampleOf, samplePath, sampleText } from './samples';
import { type DeploymentSettings, deploymentSettings } from './settings';
import { validateVizApp } from './validate-viz-app';
import type { VizAppOptions } from './viz-app-options';

/** Folder of the Python app in a new repository. */
const APP = 'app';

/**
 * A repository for a team's Python web app: a working app, its container, its AWS CDK app and its workflows.
 *
 * `npx projen new --from @paebbl/projen-viz-app` in an empty folder, then `npm start`. The app and the stacks are samples:
 * written once, then the team's own. Everything else is generated from the options in `.projenrc.ts` by `npx projen`.
 *
 * @pjid viz-app
 * @throws Error `'prop' must <rule>, got: <value>`
 */
export class VizApp extends NodeProject {
  /** The image of the app. */
  public readonly container: PythonContainer;

  constructor(options: VizAppOptions) {
    validateVizApp(options);
    const settings = deploymentSettings(options);
    super({
      // All of them, because `projen new` hands over in a hidden one what it writes `.projenrc.ts` from.
      ...options,
      description: 'A web app in Python, in front of colleagues, behind company sign-in',
      defaultReleaseBranch: settings.source.branch,
      packageManager: NodePackageManager.NPM,
      addPackageManagerToDevEngines: false,
      minNodeVersion: VERSIONS.minNode,
      projenVersion: VERSIONS.projen,
      projenDevDependency: true,
      projenrcJs: false,
      entrypoint: '',
      licensed: false,
      deps: dependencies(),
      devDeps: devDependencies(),
      readme: { contents: readme(settings) },
      gitignore: ['/cdk.out/', '/cdk.context.json', '.venv/', '__pycache__/', '.pytest_cache/', '*.py[co]'],
      github: false,
      jest: false,
      release: false,
      buildWorkflow: false,
      depsUpgrade: false,
      npmignoreEnabled: false,
      package: false,
      pullRequestTemplate: false,
    });
    this.package.addField('private', true);
    // projen adds it for itself, beside the one that the stacks need.
    this.deps.removeDependency('constructs', DependencyType.BUILD);
    new ProjenrcTs(this, { runner: TypeScriptRunner.tsx() });
    this.addCommands(settings);

    const framework = options.framework ?? Framework.FLASK;
    new SampleDir(this, APP, { sourceDir: samplePath(framework) });
    new SampleDir(this, 'infra', { sourceDir: samplePath('infra') });

    const sample = sampleOf(framework);
    this.container = new PythonContainer(this, {
      directory: APP,
      server: options.server ?? sample.server,
      sources: options.sources ?? (options.server ? undefined : sample.sources),
      healthCheckPath: options.healthCheckPath ?? sample.healthCheckPath,
      port: options.port,
      pythonVersion: options.baseImage ? undefined : options.pythonVersion,
      baseImage: options.baseImage,
      baseImageDigest: options.baseImageDigest,
      environment: options.containerEnvironment,
      buildPackages: options.buildPackages,
      runtimePackages: options.runtimePackages,
    });
    new DeployWorkflow(this, {
      container: this.container,
      branch: settings.source.branch,
      environment: settings.source.environment,
      pythonVersion: options.pythonVersion,
      architecture: settings.architecture,
      attestations: options.attestations,
      releasedTagPrefix: settings.releasedTagPrefix,
      infrastructureStack: settings.deployInfrastructure ? settings.stacks.app : undefined,
    });
    this.addInfrastructure(settings, options.containerEnvironment ?? {});
  }

  /** `npm start`, `npm test` and the others, which also work before anything is installed. */
  private addCommands({ stacks, signIn }: DeploymentSettings): void {
    const launcher = new TextFile(this, 'scripts/run.mjs');
    launcher.addLine(`// ${launcher.marker}`);
    launcher.addLine(sampleText('run.mjs').trimEnd());
    onlyScripts(this, {
      start: 'node scripts/run.mjs start',
      test: 'node scripts/run.mjs test',
      lock: 'node scripts/run.mjs lock',
      python: 'node scripts/run.mjs python',
      synth: 'cdk synth --quiet',
      projen: 'projen',
    });
    // What the commands of this package's `viz-app` work on.
    this.package.addField('vizApp', { app: APP, stack: stacks.app, email: `colleague@${signIn.emailDomains[0]}` });
  }

  private addInfrastructure(settings: DeploymentSettings, environment: { [name: string]: string }): void {
    const { port, healthCheckPath, command } = this.container;
    const config = new TextFile(this, 'infra/config.ts');
    config.addLine(`// ${config.marker}`);
    config.addLine(configModule({ ...settings, container: { port, healthCheckPath, command, environment } }));
    new JsonFile(this, 'cdk.json', {
      marker: false,
      obj: { app: 'tsx infra/main.ts', output: 'cdk.out', context: cdkContext() },
    });
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        compilerOptions: {
          target: 'es2022',
          lib: ['es2022'],
          module: 'node16',
          moduleResolution: 'node16',
          types: ['node'],
          esModuleInterop: true,
          isolatedModules: true,
          noEmit: true,
          skipLibCheck: true,
          strict: true,
        },
        include: ['infra', '.projenrc.ts'],
      },
    });
  }
}

/** Versions of this repository's packages are the own one: they are tested and published together. */
function dependencies(): string[] {
  const constructs = ['cognito-alb-auth', 'ecr-pipeline', 'ecs-ec2-service', 'slack-notify'];
  return [
    ...constructs.map((name) => `@paebbl/${name}@${ownVersion()}`),
    `aws-cdk-lib@^${VERSIONS.cdkLib}`,
    `constructs@^${VERSIONS.constructs}`,
  ];
}

function devDependencies(): string[] {
  return [
    `@paebbl/preview@${ownVersion()}`,
    `@paebbl/projen-viz-app@${ownVersion()}`,
    '@types/node@^20',
    `aws-cdk@${VERSIONS.cdkCli}`,
    'tsx@^4.23.15',
    `typescript@${VERSIONS.typescript}`,
  ];
}

/** Today's behaviour of the CDK where the first release of CDK 2 had another one, in what these stacks use. */
function cdkContext(): Record<string, unknown> {
  return JSON.parse(sampleText('cdk-context.json'));
}

function readme({ name, stacks, slack, source }: DeploymentSettings): string {
  return sampleText('README.md', {
    name,
    appStack: stacks.app,
    pipelineStack: stacks.pipeline,
    slackSecret: slack.webhookSecretName,
    branch: source.branch,
  });
}
