import { join } from 'node:path';

/**
 * The environment of a person who has this machine, without what the tests of this repository run in (with `CI`, projen wants the
 * lock file that it is about to write), and without credentials.
 *
 * @param own environment to start from
 * @param home folder in which nothing is, in place of the person's own for what could hold credentials
 */
export function personsEnvironment(own: NodeJS.ProcessEnv, home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(
    ([name]) => !/^(npm_(?!config_)|NODE_ENV|JEST|NX_|CDK_|AWS_|INIT_CWD|CI$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_AUTHOR_NAME: 'New Team',
    GIT_AUTHOR_EMAIL: 'team@example.com',
    GIT_COMMITTER_NAME: 'New Team',
    GIT_COMMITTER_EMAIL: 'team@example.com',
    // No credentials, not even by accident.
    AWS_CONFIG_FILE: join(home, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
