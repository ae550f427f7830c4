import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from '../../projenrc/versions';
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
  const env = environment(registry, folder);
  mkdirSync(repository);
  const command = ['new', '--from', '@paebbl/projen-viz-app', ...flags];
  await run('npx', ['--yes', `projen@${versions.projen}`, ...command], { cwd: repository, env });
  await run('git', ['clone', '--quiet', repository, clone], { cwd: folder, env });
  return { repository, clone, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A person's, without what the tests of this repository run in. */
function environment(registry: Registry, folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(registry.env).filter(
    ([name]) => !/^(npm_(?!config_)|NODE_ENV|JEST|NX_|CDK_|AWS_|INIT_CWD)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    GIT_AUTHOR_NAME: 'New Team',
    GIT_AUTHOR_EMAIL: 'team@example.com',
    GIT_COMMITTER_NAME: 'New Team',
    GIT_COMMITTER_EMAIL: 'team@example.com',
    // No credentials, not even by accident.
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
