import { personsEnvironment } from '../src/environment';

test('a person has what the machine has, but not what the tests of this repository run in', () => {
  const own = {
    PATH: '/bin',
    npm_config_registry: 'http://localhost:4873',
    CIRCUS: 'in town',
    CI: 'true',
    NODE_ENV: 'test',
    JEST_WORKER_ID: '1',
    NX_TASK_HASH: '1',
    CDK_VALIDATION: 'false',
    npm_lifecycle_event: 'test',
  };
  const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, ...env } = personsEnvironment(
    own,
    '/home/nobody',
  );

  expect(env).toEqual({
    PATH: '/bin',
    npm_config_registry: 'http://localhost:4873',
    CIRCUS: 'in town',
    AWS_CONFIG_FILE: '/home/nobody/none',
    AWS_SHARED_CREDENTIALS_FILE: '/home/nobody/none',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

test('a person has no credentials of whoever runs the tests', () => {
  const env = personsEnvironment({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_PROFILE: 'me' }, '/home/x');
  expect(Object.keys(env)).not.toEqual(expect.arrayContaining([expect.stringMatching(/KEY|PROFILE/)]));
});
