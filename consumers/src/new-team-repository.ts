import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from '../../projenrc/versions';
import { personsEnvironment } from './environment';
import type { Registry } from './registry';
import { run } from './run';

/** The repository of a new team, and what a colleague who clones it has. */
export interface NewTeam {
  /** Made by `projen new` in an empty folder. */
  readonly repository: string;
  /** A clone of it: nothing but what was committed, nothing installed. */
  readonly clone: string;
  /** Environment of its commands. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Follows the README: an empty folder, one command. */
export async function newTeam(registry: Registry, name: string, flags: string[] = []): Promise<NewTeam> {
  const folder = mkdtempSync(join(tmpdir(), 'new-team-'));
  const repository = join(folder, name);
  const clone = join(folder, 'clone', name);
  const env = personsEnvironment(registry.env, folder);
  mkdirSync(repository);
  const command = ['new', '--from', '@paebbl/projen-viz-app', ...flags];
  await run('npx', ['--yes', `projen@${versions.projen}`, ...command], { cwd: repository, env });
  await run('git', ['clone', '--quiet', repository, clone], { cwd: folder, env });
  return { repository, clone, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
