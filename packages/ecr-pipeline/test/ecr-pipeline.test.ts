import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as signer from 'aws-cdk-lib/aws-signer';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { EcrPipeline } from '../src';
import { makeStacks, source } from './stack';

const repositoryOf = (...args: Parameters<typeof makeStacks>) => {
  const [repository] = Object.values(makeStacks(...args).template.findResources('AWS::ECR::Repository'));
  return repository;
};
const lifecycle = (...args: Parameters<typeof makeStacks>) =>
  JSON.parse(repositoryOf(...args).Properties.LifecyclePolicy.LifecyclePolicyText).rules;

test('a tag is never moved, but for signatures and shared layers', () => {
  expect(repositoryOf().Properties).toMatchObject({
    RepositoryName: 'paebbl-repository',
    ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    ImageTagMutabilityExclusionFilters: ['sha256-*', 'cache', 'cache-*'].map((pattern) => ({
      ImageTagMutabilityExclusionFilterType: 'WILDCARD',
      ImageTagMutabilityExclusionFilterValue: pattern,
    })),
  });
});

test('images are scanned when they are pushed, unless that is switched off', () => {
  expect(repositoryOf().Properties.ImageScanningConfiguration).toEqual({ ScanOnPush: true });
  expect(repositoryOf({ scanOnPush: false }).Properties.ImageScanningConfiguration).toEqual({ ScanOnPush: false });
});

test('the rule that protects released images comes before those that expire images', () => {
  expect(lifecycle().map((rule: { selection: object }) => rule.selection)).toEqual([
    { tagStatus: 'tagged', tagPrefixList: ['released-'], countType: 'imageCountMoreThan', countNumber: 50 },
    { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 7, countUnit: 'days' },
    { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 90, countUnit: 'days' },
  ]);
});

test('how long images are kept can be chosen', () => {
  const rules = lifecycle({
    releasedTagPrefix: 'live-',
    releasedImagesKept: 3,
    untaggedExpireAfter: Duration.days(1),
    unreleasedExpireAfter: Duration.days(14),
  });
  expect(rules.map(({ selection }: { selection: { countNumber: number } }) => selection.countNumber)).toEqual([
    3, 1, 14,
  ]);
  expect(rules[0].selection.tagPrefixList).toEqual(['live-']);
});

test('images stay when the stack goes, unless they are to be destroyed', () => {
  expect(repositoryOf().DeletionPolicy).toBe('Retain');
  const destroyed = repositoryOf({ removalPolicy: RemovalPolicy.DESTROY });
  expect(destroyed.DeletionPolicy).toBe('Delete');
  expect(destroyed.Properties.EmptyOnDelete).toBe(true);
});

test('images are encrypted with the key that is given', () => {
  const { Properties } = repositoryOf((stack) => ({ encryptionKey: new kms.Key(stack, 'Key') }));
  expect(Properties.EncryptionConfiguration).toMatchObject({ EncryptionType: 'KMS', KmsKey: expect.anything() });
});

test('with a signing profile ECR signs this repository, and who pushes may have it signed', () => {
  const { template } = makeStacks((stack) => ({
    signingProfile: new signer.SigningProfile(stack, 'Profile', {
      platform: signer.Platform.NOTATION_OCI_SHA384_ECDSA,
    }),
  }));
  template.hasResourceProperties('AWS::ECR::SigningConfiguration', {
    Rules: [
      {
        SigningProfileArn: Match.anyValue(),
        RepositoryFilters: [{ Filter: { Ref: Match.stringLikeRegexp('Repository') }, FilterType: 'WILDCARD_MATCH' }],
      },
    ],
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'signer:SignPayload' })]) },
  });
});

test('other accounts may pull and nothing else', () => {
  const { Properties } = repositoryOf({ pullAccounts: ['111122223333'] });
  const [statement] = Properties.RepositoryPolicyText.Statement;
  expect(statement.Action).toEqual([
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
  ]);
  expect(JSON.stringify(statement.Principal)).toContain('111122223333');
});

test('what is called as this repository is copied, to the regions that are named', () => {
  makeStacks({
    replicateTo: [{ region: 'eu-west-1' }, { region: 'eu-west-1', account: '111122223333' }],
  }).template.hasResourceProperties('AWS::ECR::ReplicationConfiguration', {
    ReplicationConfiguration: {
      Rules: [
        {
          Destinations: [
            { Region: 'eu-west-1', RegistryId: { Ref: 'AWS::AccountId' } },
            { Region: 'eu-west-1', RegistryId: '111122223333' },
          ],
          RepositoryFilters: [{ Filter: { Ref: Match.stringLikeRegexp('Repository') }, FilterType: 'PREFIX_MATCH' }],
        },
      ],
    },
  });
});

test("GitHub's provider is made without thumbprints, or the account's own is used", () => {
  const made = makeStacks().template;
  made.hasResourceProperties('AWS::IAM::OIDCProvider', {
    Url: 'https://token.actions.githubusercontent.com',
    ClientIdList: ['sts.amazonaws.com'],
    ThumbprintList: Match.absent(),
  });
  const arn = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  const brought = makeStacks((stack) => ({
    githubProvider: iam.OidcProviderNative.fromOidcProviderArn(stack, 'GitHub', arn),
  })).template;
  brought.resourceCountIs('AWS::IAM::OIDCProvider', 0);
  expect(JSON.stringify(brought.findResources('AWS::IAM::Role'))).toContain(arn);
});

test('what the workflow must be told is among the outputs', () => {
  const outputs = Object.keys(makeStacks().template.findOutputs('*')).join(' ');
  for (const name of ['RepositoryUri', 'PushRoleArn', 'DeployRoleArn', 'ReleasedImageParameterName']) {
    expect(outputs).toContain(name);
  }
});

test('without names, two pipelines in an account do not share a parameter', () => {
  const stack = new Stack(new App(), 'Pipelines');
  const [a, b] = ['A', 'B'].map((id) => new EcrPipeline(stack, id, { source }).releasedImageParameter.parameterName);
  expect(a).toMatch(/^\/[\w.-]+\/released-image$/);
  expect(a).not.toBe(b);
});
