import { callAws } from '../aws/call';
import { describeError } from '../errors';
import { serviceOf } from '../messages/arns';
import type { DeploymentOf } from '../messages/notice';
import type { ContainerImage } from '../messages/revision';
import { log } from './log';

/** A message does not wait longer for what it could do without. */
const PATIENCE_MILLISECONDS = 4_000;

interface Brief {
  readonly serviceDeploymentArn: string;
  /** Seconds since 1970. */
  readonly createdAt?: number;
}

interface Described {
  readonly targetServiceRevision?: { readonly arn?: string };
  readonly rollback?: { readonly serviceRevisionArn?: string };
}

/**
 * Images of what a deployment brings, or of what it goes back to. None when ECS does not know.
 *
 * @throws AwsError
 */
export async function imagesOf(deployment: DeploymentOf): Promise<ContainerImage[]> {
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const arn = deployment.serviceDeploymentArn ?? (await latestDeployment(deployment, signal));
  if (!arn) {
    return [];
  }
  const { serviceDeployments = [] } = await callAws<{ serviceDeployments?: Described[] }>(
    'ecs',
    'DescribeServiceDeployments',
    { serviceDeploymentArns: [arn] },
    signal,
  );
  const { targetServiceRevision, rollback } = serviceDeployments[0] ?? {};
  const revision = deployment.back ? rollback?.serviceRevisionArn : targetServiceRevision?.arn;
  if (!revision) {
    return [];
  }
  const { serviceRevisions = [] } = await callAws<{ serviceRevisions?: { containerImages?: ContainerImage[] }[] }>(
    'ecs',
    'DescribeServiceRevisions',
    { serviceRevisionArns: [revision] },
    signal,
  );
  return Promise.all((serviceRevisions[0]?.containerImages ?? []).map((image) => withTags(image, signal)));
}

/** An image of ECR that is named by its digest says its commit by its tags only. */
async function withTags(image: ContainerImage, signal: AbortSignal): Promise<ContainerImage> {
  const [, registryId, repositoryName, imageDigest] =
    /^(\d{12})\.dkr\.ecr\.[^/]+\/(.+)@(sha256:[0-9a-f]{64})$/.exec(image.image ?? '') ?? [];
  if (!imageDigest) {
    return image;
  }
  try {
    const { imageDetails = [] } = await callAws<{ imageDetails?: { imageTags?: string[] }[] }>(
      'ecr',
      'DescribeImages',
      { registryId, repositoryName, imageIds: [{ imageDigest }] },
      signal,
    );
    return { ...image, tags: imageDetails[0]?.imageTags };
  } catch (error) {
    log('warn', 'the tags of an image could not be looked up', { repository: repositoryName, ...describeError(error) });
    return image;
  }
}

/** The event names a deployment by an id that no call takes: it is the last one that had begun by then. */
async function latestDeployment({ serviceArn, at }: DeploymentOf, signal: AbortSignal): Promise<string | undefined> {
  const { serviceDeployments = [] } = await callAws<{ serviceDeployments?: Brief[] }>(
    'ecs',
    'ListServiceDeployments',
    { cluster: serviceOf(serviceArn).cluster, service: serviceArn, maxResults: 10 },
    signal,
  );
  // The event's time is in whole seconds at times.
  const end = Date.parse(at) / 1000 + 1;
  const begun = serviceDeployments.filter(({ createdAt = 0 }) => !(createdAt > end));
  return begun.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0]?.serviceDeploymentArn;
}
