import { shortDigest, shortImage } from './arns';
import type { Notice } from './notice';

/** One container of a service's revision, as ECS describes it. */
export interface ContainerImage {
  readonly image?: string;
  readonly imageDigest?: string;
  /** Tags that the registry has for it, where the image is named by its digest. */
  readonly tags?: string[];
}

/** Most services have one container, and those beside it say little. */
const SHOWN = 3;

/** The notice with the images that are deployed, or that it goes back to: a tag is most often a commit. */
export function withImages(notice: Notice, images: ContainerImage[]): Notice {
  const name = notice.deployment?.back ? 'Back to' : 'Image';
  const [service, ...others] = notice.facts ?? [];
  const words = images.slice(0, SHOWN).map(inWords).join(', ');
  return { ...notice, facts: [...(service ? [service] : []), [name, words], ...others] };
}

function inWords({ image = '', imageDigest = '', tags = [] }: ContainerImage): string {
  const [repository = '', digest = imageDigest] = image.split('@');
  const tag = tags.find((candidate) => /^[0-9a-f]{40}$/.test(candidate)) ?? tags[0];
  const named = image.includes('@') && tag ? `${repository}:${tag}` : image;
  return named.includes('@') || !digest ? shortImage(named) : `${shortImage(named)} (${shortDigest(digest)})`;
}
