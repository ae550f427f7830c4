import { type Duration, Token } from 'aws-cdk-lib/core';
import type { EcrPipelineProps } from './ecr-pipeline-props';
import type { GitHubSource } from './github-source';
import { requireForm, requireInteger, requireThat } from './validation';

/** Fails on props that ECR, IAM or SSM would refuse, and on trust that is wider than it looks. */
export function validateProps(props: EcrPipelineProps): void {
  validateSource(props.source);
  requireRepositoryName(props.repositoryName);
  const parameter = props.releasedImageParameterName;
  requireThat(!Token.isUnresolved(parameter), 'releasedImageParameterName', 'be known at synth', 'a token');
  requireForm(
    parameter,
    'releasedImageParameterName',
    /^(?!\/?(aws|ssm)(\/|$))(\/[\w.-]+){1,15}$/i,
    'start with a slash, have at most 15 levels of letters, digits and ._-, and not start with /aws or /ssm',
  );
  requireForm(
    props.releasedTagPrefix,
    'releasedTagPrefix',
    /^\w[\w.-]{0,80}$/,
    'have 1 to 81 letters, digits and ._-, and start with none of .-',
  );
  requireInteger(props.releasedImagesKept, 'releasedImagesKept', 1, 10_000);
  requireDays(props.unreleasedExpireAfter, 'unreleasedExpireAfter');
  requireDays(props.untaggedExpireAfter, 'untaggedExpireAfter');
  requireMutableTags(props);
  for (const account of props.pullAccounts ?? []) {
    requireForm(account, 'pullAccounts', /^\d{12}$/, 'hold account ids of 12 digits');
  }
  requireInteger(props.replicateTo?.length, 'replicateTo', 1, 25);
  for (const { region, account } of props.replicateTo ?? []) {
    requireForm(region, 'replicateTo.region', /^[a-z]{2}(-[a-z]+)+-\d$/, 'be a region such as eu-west-1');
    requireForm(account, 'replicateTo.account', /^\d{12}$/, 'be an account id of 12 digits');
  }
}

function validateSource(source: GitHubSource): void {
  requireForm(source.owner, 'source.owner', /^[a-z\d](?:-?[a-z\d]){0,38}$/i, 'be the name of one GitHub owner');
  requireForm(
    source.repository,
    'source.repository',
    /^[\w.-]{1,100}$/,
    'be the name of one repository, without its owner',
  );
  requireThat(
    Boolean(source.branch || source.environment),
    'source',
    "have a 'branch' or an 'environment', or every branch and pull request could deploy",
    { owner: source.owner, repository: source.repository },
  );
  requireForm(
    source.branch,
    'source.branch',
    /^(?!refs\/)(?!.*(\.\.|\/\/|@\{))[^\s~^:?*[\\]+$/,
    'be the name of one branch, without refs/heads/ and without wildcards',
  );
  requireForm(
    source.environment,
    'source.environment',
    /^[^*?]{1,255}$/,
    'be the name of one environment, without wildcards',
  );
  requireThat(
    Boolean(source.ownerId) === Boolean(source.repositoryId),
    'source.ownerId',
    "come together with 'source.repositoryId'",
    { ownerId: source.ownerId, repositoryId: source.repositoryId },
  );
  requireForm(source.ownerId, 'source.ownerId', /^[1-9]\d{0,18}$/, 'be the number of one owner, never a wildcard');
  requireForm(
    source.repositoryId,
    'source.repositoryId',
    /^[1-9]\d{0,18}$/,
    'be the number of one repository, never a wildcard',
  );
}

function requireRepositoryName(name: string | undefined): void {
  const part = '[a-z0-9]+(?:[._-][a-z0-9]+)*';
  requireForm(
    name,
    'repositoryName',
    new RegExp(`^(?=.{2,256}$)${part}(?:/${part})*$`),
    'have 2 to 256 lower-case letters, digits and single ._-/ between them',
  );
}

function requireDays(age: Duration | undefined, prop: string): void {
  if (age !== undefined && !age.isUnresolved()) {
    requireInteger(age.toDays({ integral: false }), prop, 1, 36_500);
  }
}

function requireMutableTags({ mutableTags = [], releasedTagPrefix = 'released-' }: EcrPipelineProps): void {
  // ECR takes five patterns, one of which is for signatures.
  requireThat(mutableTags.length <= 4, 'mutableTags', 'have at most 4 patterns', mutableTags);
  for (const pattern of mutableTags) {
    requireForm(pattern, 'mutableTags', /^[\w.*-]{1,128}$/, 'hold patterns of letters, digits, ._- and *');
    const sample = new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '.*')}$`);
    requireThat(
      !sample.test('0123456789abcdef0123456789abcdef01234567') && !sample.test(`${releasedTagPrefix}0123456789abcdef`),
      'mutableTags',
      'leave out commit SHAs and released images, which never change',
      pattern,
    );
  }
}
