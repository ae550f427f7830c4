import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run';
import { firstAvailable } from '../versions';
import { root } from '../workspace';
import type { Language } from './language';

const CDK = 'github.com/aws/aws-cdk-go/awscdk/v2';

/**
 * Go modules, each replaced by a folder: that is what an unpublished module is.
 *
 * Their go.mod asks for the aws-cdk-lib that they were built with. Where the proxy lacks it, the newest that it has takes its place.
 */
export const go: Language = {
  name: 'Go',
  toolchain: [['go', 'version']],
  async synth({ bindings, cdkVersions }, folder, env) {
    const probe = join(folder, 'probe');
    mkdirSync(probe);
    await run('go', ['mod', 'init', 'example.com/probe'], { cwd: probe, env });
    const cdkVersion = await firstAvailable(cdkVersions, (version) =>
      run('go', ['mod', 'download', `${CDK}@v${version}`], { cwd: probe, env }),
    );
    const app = join(folder, 'app');
    cpSync(join(root, 'consumers/go'), app, { recursive: true });
    await run('go', ['mod', 'init', 'example.com/viz'], { cwd: app, env });
    const replacements = bindings.packages.flatMap((pkg) => {
      const source = bindings.of('go', pkg);
      const [module] = readdirSync(source);
      return ['-replace', `github.com/paebbl/data-visualization-ops-go/${module}=${join(source, module)}`];
    });
    await run('go', ['mod', 'edit', ...replacements, '-replace', `${CDK}=${CDK}@v${cdkVersion}`], { cwd: app, env });
    await run('go', ['mod', 'tidy'], { cwd: app, env });
    await run('go', ['build', '-o', 'viz', '.'], { cwd: app, env });
    await run(join(app, 'viz'), [], { cwd: app, env });
    return { assembly: join(folder, 'cdk.out'), cdkVersion };
  },
};
