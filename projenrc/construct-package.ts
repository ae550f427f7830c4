import { cdk, JsonFile, type javascript } from 'projen';
import { bundleCommand } from './bundle';
import type { Monorepo } from './monorepo';
import { Requirements } from './requirements';
import { versions } from './versions';
import { sharedOptions, testCommand, useScripts, type WorkspacePackageOptions } from './workspace-package';

export interface ConstructPackageOptions extends WorkspacePackageOptions {
  readonly description: string;
  /**
   * Lambda handlers, by the name of the asset folder that they are bundled into.
   *
   * @default - none
   */
  readonly lambdas?: Record<string, string>;
  /**
   * Command-line tools, by the name of the command.
   *
   * @default - none
   */
  readonly bins?: Record<string, string>;
  /**
   * What the package is an extension of. One of another than the CDK is for npm alone: projen has no .NET.
   *
   * @default - aws-cdk-lib and constructs
   */
  readonly peers?: string[];
  /**
   * Folders that are published as they are.
   *
   * @default - none
   */
  readonly folders?: string[];
}

/** A construct for TypeScript, Python, Java, Go and .NET. Its `src/` is compiled by jsii, its `runtime/` bundled by esbuild. */
export class ConstructPackage extends cdk.JsiiProject {
  constructor(repo: Monorepo, options: ConstructPackageOptions) {
    const hasRuntime = Boolean(options.lambdas || options.bins);
    super({
      ...sharedOptions(repo, options),
      name: `@paebbl/${options.name}`,
      author: 'Paebbl',
      authorAddress: repo.repositoryUrl,
      repositoryUrl: repo.repositoryUrl,
      keywords: ['aws', 'cdk', 'aws-cdk', 'ecs', 'cognito', 'flask', 'dash', 'streamlit', options.name],
      jsiiVersion: versions.jsii,
      typescriptVersion: versions.typescript,
      validateTsconfig: cdk.ValidateTsconfig.MINIMAL,
      docgen: false,
      tsconfig: {
        include: ['src/**/*.ts'],
        compilerOptions: {
          rootDir: 'src',
          outDir: 'lib',
          // CLI and Lambda code share contracts with src/, so both must agree on strictness.
          ...javascriptCompilerOptions,
        },
      },
      disableTsconfigDev: true,
      peerDeps: options.peers ?? [`aws-cdk-lib@^${versions.cdkLibFloor}`, `constructs@^${versions.constructsFloor}`],
      // Developed with the newest, and held to the oldest by the tests of consumers/.
      peerDependencyOptions: { pinnedDevDependency: Boolean(options.peers) },
      devDeps: [
        ...(options.peers ? [] : [`aws-cdk-lib@${versions.cdkLib}`, `constructs@${versions.constructs}`]),
        ...(options.devDeps ?? []),
      ],
      ...(options.peers ? {} : otherLanguages(repo, options.name)),
    });

    new Requirements(
      this,
      options.peers
        ? { name: 'projen', oldest: versions.projen, install: 'npm install --save-dev projen' }
        : { name: 'aws-cdk-lib', oldest: versions.cdkLibFloor, install: 'npm install aws-cdk-lib@2 constructs@10' },
    );
    // The root has them for everyone.
    for (const tool of ['jsii', 'jsii-diff', 'jsii-pacmak', 'jsii-rosetta']) {
      this.deps.removeDependency(tool);
    }
    const bundles = { lambdas: options.lambdas, bins: options.bins };
    useScripts(this, {
      build: ['jsii --silence-warnings=reserved-word', hasRuntime && bundleCommand(bundles)]
        .filter(Boolean)
        .join(' && '),
      typecheck: 'tsc --noEmit -p tsconfig.dev.json',
      test: testCommand,
      package: 'rm -rf dist && jsii-pacmak --code-only=false',
      'package:js': 'rm -rf dist/js && jsii-pacmak --target js',
    });
    this.package.addField('files', [
      'lib',
      '.jsii',
      ...(hasRuntime ? ['assets'] : []),
      ...(options.folders ?? []),
      'API.md',
    ]);
    if (options.bins) {
      this.package.addBin(Object.fromEntries(Object.keys(options.bins).map((bin) => [bin, `assets/bin/${bin}.js`])));
    }
    if (options.bins && !options.peers) {
      // A pipeline that only runs the tool must not download aws-cdk-lib (187 MB) for it.
      this.package.addField('peerDependenciesMeta', {
        'aws-cdk-lib': { optional: true },
        constructs: { optional: true },
      });
    }
    this.gitignore.exclude('/assets/', '/lib/', '.jsii.gz', '.jsii.tabl.json', 'tsconfig.tsbuildinfo');
    this.annotateGenerated('/API.md');
    new JsonFile(this, 'tsconfig.dev.json', {
      marker: false,
      obj: { extends: '../../tsconfig.base.json', include: ['src', 'runtime', 'test', 'rosetta'] },
    });
    new JsonFile(this, 'jest.config.json', { marker: false, obj: { preset: '../../jest.preset.js' } });
  }
}

/** What the package is called where it is not JavaScript. */
function otherLanguages(repo: Monorepo, name: string): Partial<cdk.JsiiProjectOptions> {
  const pascal = name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return {
    publishToPypi: { distName: `paebbl-${name}`, module: `paebbl_${name.replace(/-/g, '_')}` },
    publishToMaven: {
      javaPackage: `com.paebbl.cdk.${name.replace(/-/g, '')}`,
      mavenGroupId: 'com.paebbl.cdk',
      mavenArtifactId: name,
    },
    publishToGo: { moduleName: `${repo.repositoryUrl.replace('https://', '')}-go` },
    publishToNuget: { dotNetNamespace: `Paebbl.Cdk.${pascal}`, packageId: `Paebbl.Cdk.${pascal}` },
  };
}

const javascriptCompilerOptions = {
  declaration: true,
  // Twice the size, for code that reads like its source.
  inlineSourceMap: false,
  inlineSources: false,
} satisfies javascript.TypeScriptCompilerOptions;
