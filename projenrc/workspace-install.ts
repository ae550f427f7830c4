import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Component } from 'projen';
import { completeLockfile } from './lockfile';
import type { Monorepo } from './monorepo';

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'bin'];

/**
 * Installs once, at the root, when any workspace's manifest says something else than package-lock.json.
 *
 * projen would install in each package by itself, as many times as there are packages.
 */
export class WorkspaceInstall extends Component {
  constructor(private readonly repo: Monorepo) {
    super(repo);
  }

  public override postSynthesize() {
    const lock = readJson(join(this.repo.outdir, 'package-lock.json'))?.packages ?? {};
    const stale = this.repo.workspaces.filter((project) => {
      const folder = project.outdir.slice(this.repo.outdir.length + 1);
      const manifest = readJson(join(project.outdir, 'package.json')) ?? {};
      return DEPENDENCY_FIELDS.some(
        (field) => JSON.stringify(sorted(manifest[field])) !== JSON.stringify(sorted(lock[folder]?.[field])),
      );
    });
    if (stale.length > 0) {
      this.repo.logger.info(`Installing: package-lock.json is older than ${stale.map((p) => p.name).join(', ')}.`);
      this.repo.tasks.runTask('install');
    }
    this.completeLock();
  }

  private completeLock() {
    const path = join(this.repo.outdir, 'package-lock.json');
    const lock = readJson(path);
    const added = lock ? completeLockfile(lock) : [];
    if (added.length > 0) {
      writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
      this.repo.logger.info(`package-lock.json: added ${added.length} binaries of other platforms.`);
    }
  }
}

function sorted(record: Record<string, unknown> = {}) {
  return Object.entries(record).sort(([a], [b]) => a.localeCompare(b));
}

function readJson(path: string) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
