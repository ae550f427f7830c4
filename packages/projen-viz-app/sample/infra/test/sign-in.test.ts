import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp } from '../app';
import { config } from '../config';

const app = makeApp();
const template = (stack: string) => Template.fromStack(app.node.findChild(stack) as Stack);

interface Action {
  readonly Type: string;
  readonly Order?: number;
  readonly TargetGroupArn?: { readonly Ref: string };
}

const viz = template(config.stacks.app);
/** The app's own target groups; the page that signs out is a Lambda function. */
const appGroups = Object.entries(viz.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'))
  .filter(([, { Properties }]) => Properties.TargetType !== 'lambda')
  .map(([id]) => id);

/** Every way in: what a listener does by default, and each of its rules. */
const ways: [string, Action[]][] = [
  ...Object.entries(viz.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
    ([id, { Properties }]): [string, Action[]] => [id, Properties.DefaultActions],
  ),
  ...Object.entries(viz.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).map(
    ([id, { Properties }]): [string, Action[]] => [id, Properties.Actions],
  ),
];

test('nobody reaches the app who has not signed in', () => {
  const toTheApp = ways.filter(([, actions]) => {
    const groups = JSON.stringify(actions.filter(({ Type }) => Type === 'forward'));
    return appGroups.some((group) => groups.includes(`"${group}"`));
  });

  assert.notEqual(toTheApp.length, 0, 'no way leads to the app');
  for (const [id, actions] of toTheApp) {
    const [first] = [...actions].sort((a, b) => (a.Order ?? 0) - (b.Order ?? 0));
    assert.match(first.Type, /^(authenticate-cognito|authenticate-oidc|jwt-validation)$/, id);
  }
});

test('only runs of this repository may push and deploy', () => {
  const statements = Object.values(template(config.stacks.pipeline).findResources('AWS::IAM::Role'))
    .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
    .filter(({ Action }) => Action === 'sts:AssumeRoleWithWebIdentity');

  assert.equal(statements.length, 2);
  for (const { Condition } of statements) {
    for (const subject of [Condition.StringEquals['token.actions.githubusercontent.com:sub']].flat()) {
      assert.match(subject, new RegExp(`^repo:${config.source.owner}[/@]`));
      assert.doesNotMatch(subject, /\*/);
    }
  }
});
