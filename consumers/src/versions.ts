import { CommandError, run } from './run';
import { constructPackages, root } from './workspace';

/** The range of aws-cdk-lib that every construct package accepts. */
export function cdkRange(): string {
  const ranges = new Set(constructPackages().map(({ manifest }) => manifest.peerDependencies?.['aws-cdk-lib']));
  const [range] = ranges;
  if (ranges.size !== 1 || !range) {
    throw new Error(`the constructs must accept the same versions of aws-cdk-lib, got: ${[...ranges].join(', ')}`);
  }
  return range;
}

/** The oldest version of aws-cdk-lib, or of constructs, that the packages accept. */
export function floorOf(peer: 'aws-cdk-lib' | 'constructs'): string {
  const range = constructPackages()[0].manifest.peerDependencies?.[peer] ?? '';
  return range.replace('^', '');
}

/** Versions of aws-cdk-lib that the packages accept, newest first. */
export async function cdkVersions(): Promise<string[]> {
  const { stdout } = await run('npm', ['view', `aws-cdk-lib@${cdkRange()}`, 'version', '--json'], { cwd: root });
  const versions = JSON.parse(stdout) as string | string[];
  return [versions].flat().sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/**
 * The first of these versions that a language's index has. Indexes get a version one after the other, and mirrors lack some.
 *
 * @param fetch gets a version, or fails
 */
export async function firstAvailable(
  versions: string[],
  fetch: (version: string) => Promise<unknown>,
): Promise<string> {
  let last: unknown;
  for (const version of versions) {
    try {
      await fetch(version);
      return version;
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      last = error;
    }
  }
  throw new Error(`the index must have one of aws-cdk-lib ${versions.join(', ')}, got: none`, { cause: last });
}
