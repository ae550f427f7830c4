import { usageError } from './rollout-error';

/** An image as people write it: `[registry/]repository[:tag][@sha256:digest]`. */
export interface ImageName {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const pattern = /^(?<repository>[a-z0-9][\w.:/-]*?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/**
 * @throws RolloutError of code `usage` unless it has a tag or a digest: without, it means `latest`, and nobody can say later
 *   what was deployed
 */
export function parseImage(image: string): ImageName {
  const { repository, tag, digest } = pattern.exec(image)?.groups ?? {};
  if (!repository || (!tag && !digest)) {
    throw usageError(
      '--image',
      'be a repository with a tag (repository:tag) or a digest (repository@sha256:...)',
      image,
    );
  }
  return { repository, tag, digest };
}

/** Repository of any image, also of one without a tag, as somebody may have registered it by hand. */
export function repositoryOf(image: string): string {
  return pattern.exec(image)?.groups?.repository ?? image;
}
