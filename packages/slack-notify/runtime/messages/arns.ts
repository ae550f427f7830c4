/** Last part of an ARN: the name of what it is. */
export function nameOf(arn: string): string {
  return arn.split(/[/:]/).pop() ?? '';
}

/** Cluster and service of a service's ARN, `arn:aws:ecs:region:account:service/cluster/name` (older ones lack the cluster). */
export function serviceOf(arn: string): { cluster: string; service: string } {
  const parts = arn.split(':').slice(5).join(':').split('/');
  return { cluster: parts.length > 2 ? (parts[1] ?? '') : 'default', service: parts.at(-1) ?? '' };
}
