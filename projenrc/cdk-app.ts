import { readFileSync } from 'node:fs';
import { JsonFile, typescript } from 'projen';
import type { ConstructPackage } from './construct-package';
import type { Monorepo } from './monorepo';
import { versions } from './versions';
import { sharedOptions, testCommand, useScripts, type WorkspacePackageOptions } from './workspace-package';

export interface CdkAppOptions extends WorkspacePackageOptions {
  /** The construct packages of this repository that the app uses. */
  readonly constructs: ConstructPackage[];
}

/** A CDK app that is deployed, not published. `synth` leaves its templates in `../cdk.out`. */
export class CdkApp extends typescript.TypeScriptProject {
  constructor(repo: Monorepo, options: CdkAppOptions) {
    super({
      ...sharedOptions(repo, {
        ...options,
        deps: [
          ...options.constructs.map((construct) => `${construct.package.packageName}@0.0.0`),
          `aws-cdk-lib@^${versions.cdkLib}`,
          `constructs@^${versions.constructs}`,
        ],
        devDeps: [`aws-cdk@${versions.cdkCli}`, 'cdk-nag@^3.0.2', ...(options.devDeps ?? [])],
      }),
      name: options.name,
      disableTsconfig: true,
      tsconfigDevFile: 'tsconfig.projen.json',
      typescriptVersion: versions.typescript,
      entrypoint: '',
    });
    this.tryRemoveFile('tsconfig.projen.json');
    useScripts(this, {
      synth: 'cdk synth --quiet',
      typecheck: 'tsc --noEmit -p tsconfig.json',
      test: testCommand,
    });
    this.package.addField('private', true);
    this.gitignore.exclude('/cdk.context.json');
    new JsonFile(this, 'cdk.json', {
      marker: false,
      obj: { app: 'tsx main.ts', output: '../cdk.out', context: recommendedFlags() },
    });
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: { extends: '../../../tsconfig.base.json', include: ['*.ts', 'test'] },
    });
    new JsonFile(this, 'jest.config.json', { marker: false, obj: { preset: '../../../jest.preset.js' } });
  }
}

/** What `cdk init` would write into a new app: today's behaviour instead of that of the first release of CDK 2. */
function recommendedFlags(): Record<string, unknown> {
  const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
  // What another stack uses cannot be deleted: the pipeline's stack outlives the app's.
  return { ...flags, '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
}
