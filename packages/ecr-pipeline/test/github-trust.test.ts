import type { GitHubSource } from '../src';
import { makeStacks, source } from './stack';

/** The subjects that a role trusts, and the whole condition. */
function trust(from: GitHubSource, role: 'PushRole' | 'DeployRole') {
  const roles = makeStacks({ source: from }).template.findResources('AWS::IAM::Role');
  const [id] = Object.keys(roles).filter((name) => name.includes(role));
  const [statement] = roles[id].Properties.AssumeRolePolicyDocument.Statement;
  const condition = statement.Condition;
  return { condition, subjects: condition.StringEquals['token.actions.githubusercontent.com:sub'] };
}

test('only runs on the branch are trusted, compared without wildcards and for AWS only', () => {
  for (const role of ['PushRole', 'DeployRole'] as const) {
    expect(trust(source, role).condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': ['repo:paebbl/data-visualization-ops:ref:refs/heads/main'],
      },
    });
  }
});

test('with ids both forms of the subject are trusted', () => {
  expect(trust({ ...source, ownerId: '123456', repositoryId: '456789' }, 'PushRole').subjects).toEqual([
    'repo:paebbl/data-visualization-ops:ref:refs/heads/main',
    'repo:paebbl@123456/data-visualization-ops@456789:ref:refs/heads/main',
  ]);
});

test('with an environment, its jobs deploy and the branch pushes', () => {
  const from = { ...source, environment: 'prod:eu' };
  expect(trust(from, 'PushRole').subjects).toEqual(['repo:paebbl/data-visualization-ops:ref:refs/heads/main']);
  expect(trust(from, 'DeployRole').subjects).toEqual(['repo:paebbl/data-visualization-ops:environment:prod%3Aeu']);
});

test('with an environment alone, its jobs push and deploy', () => {
  const from = { owner: 'paebbl', repository: 'app', environment: 'production' };
  for (const role of ['PushRole', 'DeployRole'] as const) {
    expect(trust(from, role).subjects).toEqual(['repo:paebbl/app:environment:production']);
  }
});
