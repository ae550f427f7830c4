import type { javascript } from 'projen';
import { JsonFile, typescript } from 'projen';
import { bundleCommand } from './bundle';
import type { Monorepo } from './monorepo';
import { versions } from './versions';
import { sharedOptions, testCommand, useScripts, type WorkspacePackageOptions } from './workspace-package';

export interface TypeScriptPackageOptions extends WorkspacePackageOptions {
  readonly description: string;
  /** @default - none */
  readonly bins?: Record<string, string>;
  /**
   * Other entry points that a tool starts in a process of their own, by the name of the asset folder.
   *
   * @default - none
   */
  readonly workers?: Record<string, string>;
  /**
   * Dependencies that come as ES modules only: jest must compile them, and TypeScript must let CommonJS require them.
   *
   * @default - none
   */
  readonly esmDeps?: string[];
  /**
   * Never published.
   *
   * @default false
   */
  readonly private?: boolean;
  /**
   * Packages that must be built (or synthesized) first although nothing is imported from them.
   *
   * @default - none
   */
  readonly after?: javascript.NodeProject[];
  /**
   * Sources outside of the package that it imports by their path, as patterns from the root. A change of them makes the
   * compiler and the tests run again.
   *
   * @default - none
   */
  readonly compiledWith?: string[];
  /**
   * Files outside of the package that its tests read, as patterns from the root. A change of them makes the tests run again,
   * and so does a change of what the packages of `after` are built to; their sources as such do not. Also what a command
   * says, and a variable of the environment, as nx writes them.
   *
   * @default - the sources of the packages of `after`, and of what those depend on
   */
  readonly testsAlsoRead?: (string | { readonly runtime: string } | { readonly env: string })[];
  /**
   * Which built files of the packages of `after` its tests read, as patterns from the root. Only together with `testsAlsoRead`.
   *
   * @default - what runs, without the documentation that is built beside it
   */
  readonly testsReadBuilt?: string[];
  /**
   * Its test files run one after the other, because each of them builds and starts the whole.
   *
   * @default false
   */
  readonly oneAtATime?: boolean;
}

/** Plain TypeScript: a command-line tool bundled by esbuild, or only tests. */
export class TypeScriptPackage extends typescript.TypeScriptProject {
  constructor(repo: Monorepo, options: TypeScriptPackageOptions) {
    super({
      ...sharedOptions(repo, options),
      name: options.private ? options.name : `@paebbl/${options.name}`,
      disableTsconfig: true,
      tsconfigDevFile: 'tsconfig.projen.json',
      typescriptVersion: versions.typescript,
      entrypoint: '',
    });
    this.tryRemoveFile('tsconfig.projen.json');
    const up = this.outdir.slice(repo.outdir.length + 1).replace(/[^/]+/g, '..');
    useScripts(this, {
      ...(options.bins ? { build: bundleCommand({ bins: options.bins, lambdas: options.workers }) } : {}),
      typecheck: 'tsc --noEmit -p tsconfig.json',
      test: options.oneAtATime ? `${testCommand} --runInBand` : testCommand,
    });
    if (options.bins) {
      this.package.addBin(Object.fromEntries(Object.keys(options.bins).map((bin) => [bin, `assets/bin/${bin}.js`])));
      this.package.addField('files', ['assets']);
      this.package.addField('type', 'commonjs');
      this.gitignore.exclude('/assets/');
    }
    if (options.private) {
      this.package.addField('private', true);
    }
    if (options.after?.length) {
      this.package.addField('nx', {
        implicitDependencies: options.after.map((project) => project.package.packageName),
        targets: targetsOf(options),
      });
    }
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: `${up}/tsconfig.base.json`,
        ...(options.esmDeps ? { compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext' } } : {}),
        include: ['runtime', 'src', 'test'],
      },
    });
    new JsonFile(this, 'jest.config.json', {
      marker: false,
      obj: {
        preset: `${up}/jest.preset.js`,
        ...(options.esmDeps ? { transformIgnorePatterns: [`/node_modules/(?!(${options.esmDeps.join('|')})/)`] } : {}),
      },
    });
  }
}

function targetsOf(options: TypeScriptPackageOptions) {
  const { compiledWith = [], testsAlsoRead, testsReadBuilt = ['**/*.{js,json}'] } = options;
  const fromRoot = <T>(inputs: (string | T)[]) =>
    inputs.map((input) => (typeof input === 'string' ? input.replace(/^!?/, '$&{workspaceRoot}/') : input));
  const built = (patterns: string[]) => patterns.map((pattern) => ({ dependentTasksOutputFiles: pattern }));
  const imported = fromRoot(compiledWith);
  return {
    ...(compiledWith.length > 0 ? { typecheck: { inputs: ['everything', ...built(['**/*.d.ts']), ...imported] } } : {}),
    ...(testsAlsoRead
      ? { test: { inputs: ['everything', ...built(testsReadBuilt), ...imported, ...fromRoot(testsAlsoRead)] } }
      : {}),
  };
}
