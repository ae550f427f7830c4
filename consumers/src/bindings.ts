import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { type PublicPackage, root } from './workspace';

/** The constructs for the languages that are not npm's, one folder each, named as the package. */
export interface Bindings {
  readonly packages: PublicPackage[];
  /** Folder of a package's source in a language. */
  of(language: 'python' | 'java' | 'go' | 'dotnet', pkg: PublicPackage): string;
}

/**
 * Generates the source of the packages for Python, Java, Go and .NET, as a release does before each language's own tool packs it.
 *
 * jsii-pacmak packs too, but only where every index has the version of aws-cdk-lib that the packages were built with.
 */
export async function generateBindings(folder: string, packages: PublicPackage[]): Promise<Bindings> {
  const outdir = (pkg: PublicPackage) => join(folder, pkg.name.replace('@paebbl/', ''));
  const targets = ['python', 'java', 'go', 'dotnet'].flatMap((target) => ['--target', target]);
  for (const pkg of packages) {
    mkdirSync(outdir(pkg), { recursive: true });
    await run(
      process.execPath,
      [join(root, 'node_modules/jsii-pacmak/bin/jsii-pacmak'), '--code-only', ...targets, '--outdir', outdir(pkg)],
      { cwd: pkg.folder },
    );
  }
  return { packages, of: (language, pkg) => join(outdir(pkg), language) };
}
