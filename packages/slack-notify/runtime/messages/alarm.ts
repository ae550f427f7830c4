import type { AwsEvent } from './aws-event';
import { alarmLink } from './console-links';
import { duration } from './duration';
import type { AlarmState, Notice } from './notice';
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
    alarm: alarmState(event, name, value, before.text('value')),
  };
}

/** An alarm without data has no state that another one could follow from. */
function alarmState(event: AwsEvent, name: string, value: string, before: string): AlarmState | undefined {
  if (value !== 'ALARM' && value !== 'OK') {
    return undefined;
  }
  const times = [event.detail.child('state').text('timestamp'), event.time].map((time) => Date.parse(time));
  const at = times.find((time) => !Number.isNaN(time)) ?? 0;
  return { id: [event.account, event.region, name].join('/'), value, before, at };
}
