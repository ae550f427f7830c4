import { join } from 'node:path';
import { root } from './workspace';

/** Where the package managers of the languages keep what they have downloaded. */
export interface Caches {
  /** Environment of their commands. */
  readonly env: NodeJS.ProcessEnv;
  /** Maven's local repository. Packages of this tree are installed into it, so it is never the user's own. */
  readonly maven: string;
}

/** What was downloaded before is there. npm, pip and Go keep apart what has the same version and another address or content. */
export function usualCaches(): Caches {
  return { env: {}, maven: join(root, 'consumers', '.cache', 'maven') };
}

/** Everything is downloaded anew, as on a machine that has never seen it. */
export function emptyCaches(folder: string): Caches {
  return {
    env: {
      npm_config_cache: join(folder, 'npm'),
      PIP_CACHE_DIR: join(folder, 'pip'),
      GOMODCACHE: join(folder, 'go-modules'),
      GOCACHE: join(folder, 'go-build'),
      // Without it, Go's modules cannot be deleted.
      GOFLAGS: '-modcacherw',
      NUGET_PACKAGES: join(folder, 'nuget'),
      JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(folder, 'jsii'),
    },
    maven: join(folder, 'maven'),
  };
}
