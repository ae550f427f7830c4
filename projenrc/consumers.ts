import type { JsonFile } from 'projen';
import type { Monorepo } from './monorepo';
import { TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

/**
 * Another team, in an empty folder: installs what would be published, in five languages, and uses it. `npm run
 * verify:consumers` does it by hand.
 */
export class Consumers extends TypeScriptPackage {
  constructor(repo: Monorepo, options: Required<Pick<TypeScriptPackageOptions, 'after'>>) {
    super(repo, {
      ...options,
      name: 'paebbl-consumers',
      outdir: 'consumers',
      description: 'What another team gets: the packed packages, installed and used in five languages.',
      private: true,
      compiledWith: ['projenrc/versions.ts'],
      // What another team meets: types in its language, programs, what a new repository is made of. How a construct does what
      // it does, its own tests ask; and CI, which remembers nothing, asks everything every time.
      testsReadBuilt: ['**/*.d.ts', '**/.jsii', '**/assets/**/*', 'packages/projen-viz-app/lib/**/*.js'],
      testsAlsoRead: [
        'package.json',
        'packages/*/package.json',
        'packages/projen-viz-app/sample/**/*',
        'packages/alb-identity-python/**/*',
        'scripts/release/**/*',
        '.github/workflows/release.yml',
        // A language is skipped where its tools are missing: once they are there, it is not.
        { runtime: 'node consumers/src/toolchains.mjs' },
        { env: 'CI' },
      ],
      devDeps: [
        // A real npm registry, for packages that are not published yet. 6.9 needs Node 22.
        'verdaccio@~6.8.0',
        'publint@^0.3.15',
        '@arethetypeswrong/core@^0.18.2',
        'yaml@^2',
      ],
    });
    repo.package.setScript('verify:consumers', 'nx run-many -t build && tsx consumers/src/verify.ts');
    // Packed and published once for all test files.
    const jest = this.tryFindObjectFile('jest.config.json') as JsonFile;
    jest.addOverride('globalSetup', './src/shared-registry/start.ts');
    jest.addOverride('globalTeardown', './src/shared-registry/stop.ts');
  }
}
