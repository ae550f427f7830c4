import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, RemovalPolicy as Removal, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EcrPipelineProps } from './ecr-pipeline-props';

export const RELEASED_TAG_PREFIX = 'released-';
const SIGNATURES = 'sha256-*';

/** The repository, with tags that do not move and images that expire unless they were released. */
export function makeRepository(
  scope: Construct,
  props: EcrPipelineProps,
  removalPolicy: RemovalPolicy,
): ecr.Repository {
  const repository = new ecr.Repository(scope, 'Repository', {
    repositoryName: props.repositoryName,
    imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
    imageTagMutabilityExclusionFilters: [...new Set([SIGNATURES, ...(props.mutableTags ?? ['cache', 'cache-*'])])].map(
      (pattern) => ecr.ImageTagMutabilityExclusionFilter.wildcard(pattern),
    ),
    imageScanOnPush: props.scanOnPush ?? true,
    encryptionKey: props.encryptionKey,
    removalPolicy,
    emptyOnDelete: removalPolicy === Removal.DESTROY ? true : undefined,
    lifecycleRules: lifecycleRules(props),
  });
  for (const account of props.pullAccounts ?? []) {
    repository.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AccountPrincipal(account)],
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      }),
    );
  }
  if (props.replicateTo) {
    replicate(scope, repository, props);
  }
  return repository;
}

/**
 * An image that a rule matches is out of reach of the rules after it, so the first one protects what was released:
 * age alone would delete the image that is live (containers-roadmap 1078).
 */
function lifecycleRules(props: EcrPipelineProps): ecr.LifecycleRule[] {
  const kept = props.releasedImagesKept ?? 50;
  return [
    {
      description: `the last ${kept} released images stay`,
      tagPrefixList: [props.releasedTagPrefix ?? RELEASED_TAG_PREFIX],
      maxImageCount: kept,
    },
    {
      description: 'what has no tag goes',
      tagStatus: ecr.TagStatus.UNTAGGED,
      maxImageAge: props.untaggedExpireAfter ?? Duration.days(7),
    },
    {
      description: 'what was never released goes',
      tagStatus: ecr.TagStatus.ANY,
      maxImageAge: props.unreleasedExpireAfter ?? Duration.days(90),
    },
  ];
}

function replicate(scope: Construct, repository: ecr.Repository, { replicateTo = [] }: EcrPipelineProps): void {
  new ecr.CfnReplicationConfiguration(scope, 'Replication', {
    replicationConfiguration: {
      rules: [
        {
          destinations: replicateTo.map(({ region, account }) => ({
            region,
            registryId: account ?? repository.stack.account,
          })),
          repositoryFilters: [{ filter: repository.repositoryName, filterType: 'PREFIX_MATCH' }],
        },
      ],
    },
  });
}
