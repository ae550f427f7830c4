/** The part of an entry of package-lock.json that matters here. */
interface LockedPackage {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** The part of package-lock.json that matters here. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/**
 * Adds the optional packages of other platforms that npm left out of the lock file.
 *
 * npm leaves out an optional package that the registry of this machine does not carry (a mirror may hold just its own
 * platform's binaries). `npm ci` on that other platform then fails with "Missing: ... from lock file".
 *
 * @returns the names of the packages that were added
 */
export function completeLockfile(lock: Lockfile): string[] {
  const added: string[] = [];
  for (const [path, locked] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      // A range is somebody's choice of version, which only a registry can make; binaries are pinned exactly.
      if (!/^\d+\.\d+\.\d+/.test(version) || isLocked(lock, path, name)) {
        continue;
      }
      lock.packages[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(locked.dev ? { dev: true } : {}),
        optional: true,
      };
      added.push(name);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  return added;
}

/** Whether node would find `name` from the package at `path`. */
function isLocked(lock: Lockfile, path: string, name: string): boolean {
  for (let folder = path; folder !== ''; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${folder}/node_modules/${name}`]) {
      return true;
    }
    if (!/node_modules\//.test(folder)) {
      break;
    }
  }
  return Boolean(lock.packages[`node_modules/${name}`]);
}

/** What the name of a binary package says about where it runs, e.g. `@swc/core-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].find((word) => words.includes(word));
  const cpu = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'].find((word) =>
    words.includes(word),
  );
  if (!os || !cpu) {
    throw new Error(`'${name}' must name the platform that it is for: add it to package-lock.json on another machine`);
  }
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { cpu: [cpu], os: [os], ...(libc && os === 'linux' ? { libc: [libc] } : {}) };
}
