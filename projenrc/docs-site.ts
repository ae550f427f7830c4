import { JsonFile } from 'projen';
import type { Monorepo } from './monorepo';
import { TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

/**
 * The site that is made from docs/, the READMEs and the API references. `npm run docs:site` builds it, `npm run docs:dev`
 * serves it.
 */
export class DocsSite extends TypeScriptPackage {
  constructor(repo: Monorepo, options: Required<Pick<TypeScriptPackageOptions, 'after'>>) {
    super(repo, {
      ...options,
      name: 'docs-site',
      outdir: 'docs/site',
      description: 'The documentation as a site with search.',
      private: true,
      compiledWith: ['apps/paebbl-viz/e2e/src/browser.ts'],
      // Samples are compiled against what the packages declare, whose sources do not matter.
      testsReadBuilt: ['**/*.d.ts', '**/.jsii'],
      // Pages come from all over the tree.
      testsAlsoRead: [
        '**/*.md',
        'package.json',
        'packages/*/package.json',
        'docs/images/**/*',
        'apps/paebbl-viz/infra/*.ts',
        // Links lead to any file: whether it is there.
        { runtime: 'git ls-files && git ls-files --deleted' },
      ],
      devDeps: [
        // 2 needs Node 22.
        'vitepress@^1.6.4',
        // Draws the diagrams that GitHub draws by itself, in the reader's browser and without a request to anybody else.
        'mermaid@^11.9.0',
        // Reads the pages as they were built: links are checked where readers click them.
        'node-html-parser@^9.0.7',
        // Reads the samples of the pages.
        'markdown-it@^14.1.1',
        '@types/markdown-it@^14.1.2',
        // A sample of alb-identity is an app of Express.
        '@types/express@^5.0.6',
        'playwright-core@^1.65.1',
      ],
    });
    this.package.setScript('site', 'tsx src/main.ts build');
    this.package.setScript('dev', 'tsx src/main.ts dev');
    this.gitignore.exclude('/pages/', '/dist/', '/.vitepress/cache/', '/.translations/', '/.samples/');
    repo.package.setScript('docs:site', 'nx run docs-site:site');
    repo.package.setScript('docs:dev', 'nx run docs-site:dev');
    const afterBuild = { dependsOn: ['^build'] };
    Object.assign(this.package.manifest.nx.targets, { site: afterBuild, dev: afterBuild });
    this.tryRemoveFile('tsconfig.json');
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: '../../tsconfig.base.json',
        // Tests also run pieces of code in a browser's page.
        compilerOptions: { lib: ['es2022', 'dom'] },
        include: ['src', 'test'],
      },
    });
  }
}
