import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const root = join(__dirname, '..', '..');

/** The part of a package.json that matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Record<string, string>;
  readonly jsii?: { readonly targets: Record<string, unknown> };
  readonly peerDependencies?: Record<string, string>;
}

/** A package that others install from npm. */
export interface PublicPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every package of the repository that is published to npm, by name. */
export function publicPackages(): PublicPackage[] {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({ folder, manifest, name: manifest.name, version: manifest.version }));
}

/** The packages that exist in five languages. */
export function jsiiPackages(): PublicPackage[] {
  return publicPackages().filter(({ manifest }) => manifest.jsii);
}

/** The four constructs: what a CDK app installs. */
export function constructPackages(): PublicPackage[] {
  return jsiiPackages().filter(({ manifest }) => manifest.peerDependencies?.['aws-cdk-lib']);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
