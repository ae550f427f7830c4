import { JsonFile, type Project, typescript } from 'projen';
import { NodePackageManager } from 'projen/lib/javascript';
import { TypeScriptRunner } from 'projen/lib/typescript';
import { NxWorkspace } from './nx';
import { versions } from './versions';
import { WorkspaceInstall } from './workspace-install';
import { replaceTasks } from './workspace-package';

/** The root: npm workspaces, nx, one formatter, one TypeScript and one jest configuration for all packages. */
export class Monorepo extends typescript.TypeScriptProject {
  public readonly repositoryUrl = 'https://github.com/paebbl/data-visualization-ops';

  constructor() {
    super({
      name: 'paebbl-data-visualization-ops',
      defaultReleaseBranch: 'main',
      packageManager: NodePackageManager.NPM,
      addPackageManagerToDevEngines: false,
      minNodeVersion: versions.minNode,
      license: 'Apache-2.0',
      copyrightOwner: 'Paebbl',
      authorName: 'Paebbl',
      authorOrganization: true,
      typescriptVersion: versions.typescript,
      runner: TypeScriptRunner.tsx(),
      projenrcTs: true,
      disableTsconfig: true,
      tsconfigDev: { extends: undefined, include: ['scripts/**/*.ts'], compilerOptions: {} },
      devDeps: [
        '@biomejs/biome@^2.6.8',
        // 10 needs Node 22.
        '@stryker-mutator/core@^9.6.1',
        '@stryker-mutator/jest-runner@^9.6.1',
        '@swc/core@^1.16.22',
        '@swc/jest@^0.2.39',
        '@types/jest@^30',
        '@types/node@^20',
        // Reads what pytest writes.
        '@xmldom/xmldom@^0.9.12',
        // 7 needs Node 22.
        'conventional-commits-parser@^6.4.0',
        'esbuild@^0.28.2',
        'fast-check@^4.10.2',
        'jest@^30.5.2',
        `jsii@${versions.jsii}`,
        `jsii-pacmak@${versions.jsiiPacmak}`,
        `jsii-diff@${versions.jsiiDiff}`,
        `jsii-rosetta@${versions.jsii}`,
        'jsii-docgen@^10.12.6',
        'nx@^24.0.6',
        // Publishes to npm, PyPI, NuGet, Maven Central and a repository of Go modules.
        'publib@^0.2.1061',
        'tsx@^4.23.15',
      ],
      eslint: false,
      jest: false,
      depsUpgrade: false,
      buildWorkflow: false,
      release: false,
      pullRequestTemplate: false,
      githubOptions: { mergify: false, pullRequestLint: false },
      sampleCode: false,
      npmignoreEnabled: false,
      entrypoint: '',
      gitignore: [
        '/.venv/',
        '.nx/',
        'cdk.out/',
        '/.dev/',
        '/benchmarks/*/.venv/',
        '/mutation/reports/',
        '/.stryker-tmp/',
        '*.tgz',
        '/test-results.json',
      ],
    });
    this.package.addField('private', true);
    // Verdaccio's packages ask for a tag (`cjs`) that mirrors of npm may not carry; it stands for version 2.
    this.package.addField('overrides', { verdaccio: { 'node-fetch': '^2.6.7' } });

    replaceTasks(this, {
      start: 'node scripts/start.mjs',
      test: 'node scripts/test.mjs',
      build: 'nx run-many -t build',
      synth: 'nx run-many -t synth',
      package: 'nx run-many -t package',
      screenshots: 'tsx apps/paebbl-viz/e2e/src/take-screenshots.ts',
      docs: 'nx run-many -t build && node scripts/docgen.mjs',
      bench: 'node benchmarks/run.mjs',
      mutation: 'node mutation/run.mjs',
      lint: 'biome check',
      format: 'biome check --write',
      projen: 'projen',
    });

    new NxWorkspace(this);
    new WorkspaceInstall(this);
    new JsonFile(this, 'scripts/tsconfig.json', {
      marker: false,
      obj: {
        extends: '../tsconfig.base.json',
        compilerOptions: { checkJs: true, module: 'nodenext', types: ['node', 'jest'] },
        include: ['.'],
      },
    });
    new JsonFile(this, 'tsconfig.base.json', {
      marker: false,
      obj: {
        compilerOptions: {
          target: 'es2022',
          lib: ['es2022'],
          module: 'node16',
          moduleResolution: 'node16',
          types: ['node', 'jest'],
          esModuleInterop: true,
          forceConsistentCasingInFileNames: true,
          isolatedModules: true,
          noEmit: true,
          noFallthroughCasesInSwitch: true,
          noImplicitReturns: true,
          noUnusedLocals: true,
          noUnusedParameters: true,
          resolveJsonModule: true,
          skipLibCheck: true,
          strict: true,
          paths: { 'cdk-nag': ['./types/cdk-nag.d.ts'] },
        },
      },
    });
  }

  /** Workspaces, in the order of their folders. */
  public get workspaces(): Project[] {
    return this.subprojects;
  }

  public override preSynthesize() {
    super.preSynthesize();
    this.package.addField(
      'workspaces',
      this.workspaces.map((project) => project.outdir.slice(this.outdir.length + 1)).sort(),
    );
  }
}
