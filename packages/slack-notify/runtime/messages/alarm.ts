import type { AwsEvent } from './aws-event';
import { alarmLink } from './console-links';
import { duration } from './duration';
import type { Notice } from './notice';
import { originOf } from './origin';

/**
 * 'CloudWatch Alarm State Change' as a notice.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmNotice(event: AwsEvent): Notice | undefined {
  const name = event.detail.text('alarmName');
  const state = event.detail.child('state');
  const before = event.detail.child('previousState');
  const value = state.text('value');
  if (!name || !value) {
    return undefined;
  }
  const words =
    { ALARM: 'went off', OK: 'recovered', INSUFFICIENT_DATA: 'has too little data' }[value] ?? `is ${value}`;
  return {
    kind: value === 'ALARM' ? 'alarm' : value === 'OK' ? 'alarm-recovered' : 'alarm-unclear',
    severity: value === 'ALARM' ? 'error' : value === 'OK' ? 'success' : 'warning',
    title: `Alarm ${name} ${words}`,
    reason: state.text('reason'),
    facts: [
      ['What it watches', event.detail.child('configuration').text('description')],
      ['Before', before.text('value')],
      ['For', duration(before.text('timestamp'), state.text('timestamp'))],
    ],
    links: alarmLink(event.region, name),
    origin: originOf(event),
    burst: ['alarm', name, value].join('/'),
  };
}
