import type { Monorepo } from './monorepo';
import { TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

/**
 * What the pages say of the tree, held against it: commands and flags, messages, names in other languages, costs.
 *
 * Beside the site and not in it: these tests read all sources and take seconds, the site's take most of a minute and read
 * none.
 */
export class DocsClaims extends TypeScriptPackage {
  constructor(repo: Monorepo, options: Required<Pick<TypeScriptPackageOptions, 'after'>>) {
    super(repo, {
      ...options,
      name: 'docs-claims',
      outdir: 'docs/claims',
      description: 'What the documentation says, held against what is so.',
      private: true,
      compiledWith: ['benchmarks/rollout-cost/*.ts', 'docs/site/src/**/*'],
      testsAlsoRead: [
        '**/*.md',
        'package.json',
        'packages/*/package.json',
        'packages/*/{src,runtime,paebbl_*}/**/*',
        'scripts/**/*',
        'apps/paebbl-viz/infra/*.ts',
        'apps/paebbl-viz/container/paebbl_viz/**/*.py',
        'apps/paebbl-viz/e2e/src/**/*',
        'benchmarks/*/run.mjs',
      ],
    });
  }
}
