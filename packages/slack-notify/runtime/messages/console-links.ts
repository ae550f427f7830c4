import type { Link } from './notice';

/** Pages of the AWS console, in the partition that the region belongs to. */
export function consoleUrl(region: string, path: string): string {
  const domain = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : 'console.aws.amazon.com';
  return `https://${encodeURIComponent(region)}.${domain}/${path}`;
}

export function serviceLinks(region: string, cluster: string, service: string): Link[] {
  if (!region || !cluster || !service) {
    return [];
  }
  const base = `ecs/v2/clusters/${encodeURIComponent(cluster)}/services/${encodeURIComponent(service)}`;
  const query = `?region=${encodeURIComponent(region)}`;
  return [
    { text: 'Service', url: consoleUrl(region, `${base}/health${query}`) },
    { text: 'Deployments', url: consoleUrl(region, `${base}/deployments${query}`) },
    { text: 'Logs', url: consoleUrl(region, `${base}/logs${query}`) },
  ];
}

export function taskLink(region: string, cluster: string, taskId: string): Link[] {
  if (!region || !cluster || !taskId) {
    return [];
  }
  const path = `ecs/v2/clusters/${encodeURIComponent(cluster)}/tasks/${encodeURIComponent(taskId)}`;
  return [{ text: 'Task', url: consoleUrl(region, `${path}?region=${encodeURIComponent(region)}`) }];
}

export function alarmLink(region: string, name: string): Link[] {
  if (!region || !name) {
    return [];
  }
  const path = `cloudwatch/home?region=${encodeURIComponent(region)}#alarmsV2:alarm/${encodeURIComponent(name)}`;
  return [{ text: 'Alarm', url: consoleUrl(region, path) }];
}

export function imageLink(region: string, account: string, repository: string, digest: string): Link[] {
  if (!region || !account || !repository || !digest) {
    return [];
  }
  const path = `ecr/repositories/private/${[account, ...repository.split('/')].map(encodeURIComponent).join('/')}`;
  const page = `${path}/_/image/${encodeURIComponent(digest)}/details?region=${encodeURIComponent(region)}`;
  return [{ text: 'Image', url: consoleUrl(region, page) }];
}
