import type { AwsEvent } from './aws-event';
import { imageLink } from './console-links';
import type { Notice } from './notice';
import { originOf } from './origin';

/**
 * 'ECR Image Scan', 'Inspector2 Scan' (enhanced scanning) and 'ECR Image Action' as a notice.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 */
export function scanNotice(event: AwsEvent): Notice | undefined {
  // Inspector gives the repository's ARN as its name.
  const repository = event.detail.text('repository-name').replace(/^arn:[^/]*:repository\//, '');
  if (!repository) {
    return undefined;
  }
  const counts = event.detail.child('finding-severity-counts');
  const findings = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']
    .filter((severity) => (counts.number(severity) ?? 0) > 0)
    .map((severity) => `${counts.number(severity)} ${severity.toLowerCase()}`);
  const critical = counts.number('CRITICAL') ?? 0;
  const failed = event.detail.text('scan-status') === 'FAILED';
  return {
    kind: failed ? 'scan-failed' : 'scan-findings',
    severity: critical > 0 ? 'error' : 'warning',
    title: failed
      ? `The scan of an image in ${repository} failed`
      : `${critical || 'No'} critical finding${critical === 1 ? '' : 's'} in an image of ${repository}`,
    facts: [['Findings', findings.join(', ')], ...imageFacts(event)],
    links: imageLink(event.region, event.account, repository, event.detail.text('image-digest')),
    origin: originOf(event),
  };
}

export function pushNotice(event: AwsEvent): Notice | undefined {
  const repository = event.detail.text('repository-name');
  if (!repository || event.detail.text('action-type') !== 'PUSH') {
    return undefined;
  }
  const succeeded = event.detail.text('result') === 'SUCCESS';
  return {
    kind: succeeded ? 'image-pushed' : 'image-push-failed',
    severity: succeeded ? 'info' : 'error',
    title: succeeded ? `A new image is in ${repository}` : `An image could not be pushed to ${repository}`,
    facts: imageFacts(event),
    links: imageLink(event.region, event.account, repository, event.detail.text('image-digest')),
    origin: originOf(event),
    // One image may be pushed under several tags; another image is news.
    burst: ['push', repository, succeeded, event.detail.text('image-digest') || event.detail.text('image-tag')].join(
      '/',
    ),
  };
}

/**
 * 'Inspector2 Finding' of an image: continuous scanning found something in one that was pushed long ago.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
export function findingNotice(event: AwsEvent): Notice | undefined {
  const { detail } = event;
  const [resource] = detail.children('resources');
  const image = resource?.child('details').child('awsEcrContainerImage');
  const repository = image?.text('repositoryName');
  if (!image || !repository) {
    return undefined;
  }
  const digest = image.text('imageHash');
  const vulnerability = detail.child('packageVulnerabilityDetails');
  const packages = vulnerability.children('vulnerablePackages');
  const severity = detail.text('severity').toLowerCase();
  const reference = vulnerability.text('sourceUrl');
  return {
    kind: 'scan-findings',
    severity: severity === 'critical' ? 'error' : 'warning',
    title: `A ${severity || 'new'} finding in an image of ${repository}`,
    reason: [detail.text('title'), detail.child('remediation').child('recommendation').text('text')]
      .filter(Boolean)
      .join('\n'),
    facts: [
      ['Packages', packages.map((found) => `${found.text('name')} ${found.text('version')}`.trim()).join(', ')],
      ['Fixed in', [...new Set(packages.map((found) => found.text('fixedInVersion')).filter(Boolean))].join(', ')],
      ['Score', detail.text('inspectorScore')],
      ['Status', detail.text('status').toLowerCase()],
      ['Tags', image.texts('imageTags').join(', ')],
      digestFact(digest),
    ],
    links: [
      ...imageLink(event.region, event.account, repository, digest),
      ...(reference ? [{ text: vulnerability.text('vulnerabilityId') || 'Finding', url: reference }] : []),
    ],
    origin: originOf(event),
    burst: ['finding', repository, severity, detail.text('status')].join('/'),
  };
}

function imageFacts({ detail }: AwsEvent): [string, string][] {
  // A push names one tag, a scan all of them.
  const tags = [detail.text('image-tag'), ...detail.texts('image-tags')].filter(Boolean);
  return [['Tags', tags.join(', ')], digestFact(detail.text('image-digest'))];
}

function digestFact(digest: string): [string, string] {
  return ['Digest', digest.slice(0, 'sha256:'.length + 12)];
}
