import { Component, JsonFile } from 'projen';
import type { Monorepo } from './monorepo';
import { testCommand } from './workspace-package';

/** nx.json: what a target reads and leaves behind, so that nothing runs twice on the same input. */
export class NxWorkspace extends Component {
  constructor(repo: Monorepo) {
    super(repo);
    // The root's npm scripts start nx, so none of them is a target; these check what belongs to no package.
    repo.package.addField('nx', {
      includedScripts: [],
      targets: {
        lint: { command: 'biome check --error-on-warnings', cache: true, inputs: ['{workspaceRoot}/**/*'] },
        typecheck: {
          command: ['projenrc', 'scripts', 'benchmarks']
            .map((folder) => `tsc --noEmit -p ${folder}/tsconfig.json`)
            .join(' && '),
          cache: true,
          dependsOn: [{ projects: ['@paebbl/*'], target: 'build' }],
          // Benchmarks use the packages: whether they still fit after a change of those, CI tells, which remembers nothing.
          inputs: [
            '{workspaceRoot}/.projenrc.ts',
            '{workspaceRoot}/projenrc/**/*',
            '{workspaceRoot}/scripts/**/*',
            '{workspaceRoot}/benchmarks/**/*.ts',
            '{workspaceRoot}/benchmarks/tsconfig.json',
            'toolchain',
          ],
        },
        test: {
          command: testCommand,
          cache: true,
          inputs: ['{workspaceRoot}/projenrc/**/*', '{workspaceRoot}/scripts/**/*', 'toolchain'],
          outputs: ['{workspaceRoot}/test-results.json'],
        },
      },
    });
    new JsonFile(repo, 'jest.config.json', {
      marker: false,
      obj: {
        preset: './jest.preset.js',
        testMatch: ['<rootDir>/projenrc/**/*.test.ts', '<rootDir>/scripts/**/*.test.ts'],
      },
    });
    new JsonFile(repo, 'nx.json', {
      marker: false,
      obj: {
        $schema: './node_modules/nx/schemas/nx-schema.json',
        analytics: false,
        neverConnectToCloud: true,
        tui: { enabled: false },
        // A process that outlives its command is a surprise on a laptop.
        useDaemonProcess: false,
        // In the tree, so that a fresh clone starts from nothing, as on a machine that has never seen it.
        cacheDirectory: '.nx/cache',
        defaultBase: 'main',
        parallel: 2,
        namedInputs: {
          toolchain: [
            '{workspaceRoot}/package-lock.json',
            '{workspaceRoot}/tsconfig.base.json',
            '{workspaceRoot}/jest.preset.js',
            '{workspaceRoot}/jest/**/*',
            '{workspaceRoot}/types/**/*',
          ],
          production: [
            '{projectRoot}/src/**/*',
            '{projectRoot}/runtime/**/*',
            '{projectRoot}/sample/**/*',
            '{projectRoot}/*.ts',
            '{projectRoot}/*.json',
            '{projectRoot}/README.md',
            'toolchain',
          ],
          // Tests also ask the linters that all packages share, and hold this repository's own workflows against them.
          everything: [
            '{projectRoot}/**/*',
            '{workspaceRoot}/linters/**/*',
            '{workspaceRoot}/.github/workflows/*',
            'toolchain',
          ],
        },
        targetDefaults: {
          build: {
            cache: true,
            dependsOn: ['^build'],
            // It writes the licences of what is bundled.
            inputs: ['production', '^production', '{workspaceRoot}/scripts/third-party.mjs'],
            outputs: [
              '{projectRoot}/lib',
              '{projectRoot}/assets',
              '{projectRoot}/.jsii',
              '{projectRoot}/tsconfig.tsbuildinfo',
            ],
          },
          // Of other packages it sees the declarations: a change that leaves those as they are cannot break it.
          typecheck: {
            cache: true,
            dependsOn: ['^build'],
            inputs: ['everything', { dependentTasksOutputFiles: '**/*.d.ts' }],
          },
          lint: { cache: true, inputs: ['everything'] },
          test: {
            cache: true,
            dependsOn: ['build', '^build', '^synth'],
            // Not the tests of what it depends on: a package whose test is touched is the only one that is tested again.
            inputs: ['everything', '^production'],
            outputs: ['{projectRoot}/test-results.*'],
          },
          synth: {
            cache: true,
            dependsOn: ['^build'],
            inputs: ['production', '^production'],
            outputs: ['{projectRoot}/../cdk.out'],
          },
          package: {
            cache: true,
            dependsOn: ['build'],
            inputs: ['production', '^production'],
            outputs: ['{projectRoot}/dist'],
          },
        },
      },
    });
  }
}
