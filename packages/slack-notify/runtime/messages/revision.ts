import { shortDigest, shortImage } from './arns';
import type { Notice } from './notice';

/** One container of a service's revision, as ECS describes it. */
export interface ContainerImage {
  readonly image?: string;
  readonly imageDigest?: string;
}

/** Most services have one container, and those beside it say little. */
const SHOWN = 3;

/** The notice with the images that are deployed, or that it goes back to: a tag is most often a commit. */
export function withImages(notice: Notice, images: ContainerImage[]): Notice {
  const words = images.slice(0, SHOWN).map(({ image = '', imageDigest = '' }) => {
    const digest = image.includes('@') ? '' : shortDigest(imageDigest);
    return `${shortImage(image)}${digest && ` (${digest})`}`;
  });
  const name = notice.deployment?.back ? 'Back to' : 'Image';
  const [service, ...others] = notice.facts ?? [];
  return { ...notice, facts: [...(service ? [service] : []), [name, words.join(', ')], ...others] };
}
