import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of this package: all packages of this repository are published together, with one version. */
export function ownVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version;
}

/** What a new repository starts with: versions that are tested together here. A test holds them against `projenrc/versions.ts`. */
export const VERSIONS = {
  minNode: '20.19.0',
  projen: '0.103.25',
  cdkLib: '2.276.0',
  constructs: '10.8.1',
  cdkCli: '^2.1148.1',
  typescript: '~6.0.3',
} as const;
