import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem';
import { parse } from './version';

const RANGES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

type Ranges = { [field in (typeof RANGES)[number]]?: Record<string, string> };

interface Manifest extends Ranges {
  readonly name: string;
  readonly private?: boolean;
  readonly workspaces?: string[];
  version: string;
}

/**
 * Writes the version into everything that is published, and into the ranges in which packages of this repository name one
 * another: package.json of every public workspace, package-lock.json, pyproject.toml of the Python package.
 *
 * What is committed says 0.0.0: projen writes it, and a release is one line of the changelog, not of thirteen manifests.
 *
 * @param repository its root
 * @returns paths of the files that were changed, from the root
 * @throws Problem when a file has no version to replace
 */
export function stamp(repository: string, version: string): string[] {
  parse(version);
  const { workspaces = [] } = read<Manifest>(join(repository, 'package.json'));
  const manifests = workspaces.map((folder) => ({ folder, manifest: read<Manifest>(path(repository, folder)) }));
  const published = manifests.filter(({ manifest }) => !manifest.private);
  const names = new Set(published.map(({ manifest }) => manifest.name));
  const lock = read<{ packages: Record<string, Manifest> }>(join(repository, 'package-lock.json'));
  for (const { folder, manifest } of manifests) {
    for (const entry of [manifest, lock.packages[folder]]) {
      if (names.has(manifest.name)) {
        entry.version = version;
      }
      setRanges(entry, names, version);
    }
    write(path(repository, folder), manifest);
  }
  write(join(repository, 'package-lock.json'), lock);
  const python = pythonProjects(repository).map((folder) => stampPyproject(repository, folder, version));
  return [...workspaces.map((folder) => `${folder}/package.json`), 'package-lock.json', ...python];
}

/** Folders of the Python packages that are published, from the root. */
export function pythonProjects(repository: string): string[] {
  return readdirSync(join(repository, 'packages'), { recursive: false })
    .map((name) => `packages/${name}`)
    .filter((folder) => readdirSync(join(repository, folder)).includes('pyproject.toml'));
}

function setRanges(manifest: Ranges, names: Set<string>, version: string) {
  for (const ranges of RANGES.map((field) => manifest[field] ?? {})) {
    for (const name of Object.keys(ranges).filter((name) => names.has(name))) {
      // An exact one stays exact, any other becomes "this one and what is compatible with it".
      ranges[name] = /^\d/.test(ranges[name]) ? version : `^${version}`;
    }
  }
}

function stampPyproject(repository: string, folder: string, version: string): string {
  const file = `${folder}/pyproject.toml`;
  const text = readFileSync(join(repository, file), 'utf8');
  const stamped = text.replace(/^version = ".*"$/m, `version = "${version}"`);
  if (!/^version = "/m.test(text)) {
    throw new Problem(`${file} must have a line version = "...", got: none. Add it below [project].`);
  }
  writeFileSync(join(repository, file), stamped);
  return file;
}

const path = (repository: string, folder: string) => join(repository, folder, 'package.json');

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function write(file: string, content: object) {
  // Files that projen writes are read-only where it says so; manifests and the lock file are not.
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
