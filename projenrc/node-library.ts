import { JsonFile, typescript } from 'projen';
import type { Monorepo } from './monorepo';
import { versions } from './versions';
import { sharedOptions, testCommand, useScripts, type WorkspacePackageOptions } from './workspace-package';

/** Plain TypeScript that other Node apps import: compiled file by file into `lib/`, with declarations. */
export class NodeLibrary extends typescript.TypeScriptProject {
  constructor(repo: Monorepo, options: WorkspacePackageOptions) {
    super({
      ...sharedOptions(repo, options),
      name: `@paebbl/${options.name}`,
      disableTsconfig: true,
      tsconfigDevFile: 'tsconfig.projen.json',
      typescriptVersion: versions.typescript,
      entrypoint: 'lib/index.js',
      entrypointTypes: 'lib/index.d.ts',
    });
    this.tryRemoveFile('tsconfig.projen.json');
    const up = this.outdir.slice(repo.outdir.length + 1).replace(/[^/]+/g, '..');
    useScripts(this, {
      build: 'tsc -p tsconfig.build.json',
      typecheck: 'tsc --noEmit -p tsconfig.json',
      test: testCommand,
    });
    this.package.addField('files', ['lib']);
    this.package.addField('type', 'commonjs');
    this.gitignore.exclude('/lib/');
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: { extends: `${up}/tsconfig.base.json`, include: ['src', 'test'] },
    });
    new JsonFile(this, 'tsconfig.build.json', {
      marker: false,
      obj: {
        extends: `${up}/tsconfig.base.json`,
        compilerOptions: { noEmit: false, declaration: true, rootDir: 'src', outDir: 'lib', types: ['node'] },
        include: ['src'],
      },
    });
    new JsonFile(this, 'jest.config.json', { marker: false, obj: { preset: `${up}/jest.preset.js` } });
  }
}
