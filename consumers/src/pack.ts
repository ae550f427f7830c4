import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { type PublicPackage, publicPackages, root } from './workspace';

/** A packed package. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** Paths of its files, without the `package/` that npm puts before them. */
  readonly files: string[];
  /** Size of the download, in bytes. */
  readonly packedBytes: number;
  /** Size on disk, in bytes. */
  readonly unpackedBytes: number;
}

/**
 * Packs packages as they would be published.
 *
 * @param folder where the tarballs go
 * @param packages @default - every public package of the repository
 * @throws Error when one of them is not built
 */
export async function pack(folder: string, packages: PublicPackage[] = publicPackages()): Promise<Tarball[]> {
  for (const { name, folder: source, manifest } of packages) {
    const built = manifest.jsii ? '.jsii' : manifest.bin ? 'assets' : 'lib';
    if (!existsSync(join(source, built))) {
      throw new Error(`'${name}' must be built before it is packed: run "npm run build"`);
    }
  }
  const workspaces = packages.map(({ name }) => `--workspace=${name}`);
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces],
    {
      cwd: root,
    },
  );
  return Object.values(JSON.parse(stdout) as Record<string, NpmPacked>).map((packed) => ({
    name: packed.name,
    version: packed.version,
    // npm says the name of a scoped package's file with the slash in it on some versions.
    path: join(folder, packed.filename.replace('@', '').replace('/', '-')),
    files: packed.files.map(({ path }) => path).sort(),
    packedBytes: packed.size,
    unpackedBytes: packed.unpackedSize,
  }));
}

interface NpmPacked {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: { readonly path: string }[];
}
