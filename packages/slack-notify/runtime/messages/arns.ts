/** Last part of an ARN: the name of what it is. */
export function nameOf(arn: string): string {
  return arn.split(/[/:]/).pop() ?? '';
}

/** Cluster and service of a service's ARN, `arn:aws:ecs:region:account:service/cluster/name` (older ones lack the cluster). */
export function serviceOf(arn: string): { cluster: string; service: string } {
  const parts = arn.split(':').slice(5).join(':').split('/');
  return { cluster: parts.length > 2 ? (parts[1] ?? '') : 'default', service: parts.at(-1) ?? '' };
}

/** An image without its registry, and with as much of a commit in its tag, or of its digest, as people compare. */
export function shortImage(image: string): string {
  return image
    .replace(/^[^/]+\.amazonaws\.com(\.cn)?\//, '')
    .replace(/:([0-9a-f]{12})[0-9a-f]{28}$/, ':$1')
    .replace(/@(sha256:[0-9a-f]+)$/, (_all, digest: string) => `@${shortDigest(digest)}`);
}

/** `sha256:` and 64 digits as the first twelve of them. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
