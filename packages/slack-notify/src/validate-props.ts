import { type Duration, Token } from 'aws-cdk-lib/core';
import type { SlackApprovalsOptions } from './slack-approvals';
import type { SlackNotifyProps } from './slack-notify-props';
import { SlackSource } from './slack-source';

/**
 * The sources of all properties, each one once.
 *
 * @throws Error when there is none, or two have the same name
 */
export function sourcesOf(props: SlackNotifyProps): SlackSource[] {
  const sources = [...(props.services ?? []).map((service) => SlackSource.service(service)), ...(props.sources ?? [])];
  if (sources.length === 0) {
    throw new Error("'services' or 'sources' must name at least one source of events, got: none");
  }
  const ids = sources.map((source) => source.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) {
    throw new Error(`'sources' must name each source once, got: '${twice}' twice`);
  }
  return sources;
}

/** @throws Error when it is not between one minute and fifteen */
export function checkSummaryInterval(interval: Duration): Duration {
  if (!interval.isUnresolved() && (interval.toSeconds() < 60 || interval.toSeconds() > 900)) {
    throw new Error(`'summaryInterval' must be from 1 to 15 minutes, got: ${interval.toHumanString()}`);
  }
  return interval;
}

/** @throws Error when nobody may decide, or an id is none */
export function validateApprovers({ approvers = [], approverGroups = [], botToken }: SlackApprovalsOptions) {
  if (approvers.length + approverGroups.length === 0) {
    throw new Error("'approvers' or 'approverGroups' must name who may decide, got: nobody");
  }
  const check = (property: string, form: RegExp, rule: string, ids: string[]) => {
    const wrong = ids.find((id) => !Token.isUnresolved(id) && !form.test(id));
    if (wrong !== undefined) {
      throw new Error(`'${property}' must be ${rule}, got: '${wrong}'`);
    }
  };
  check('approvers', /^[UW][A-Z0-9]+$/, 'ids of people like U012AB3CD', approvers);
  check('approverGroups', /^S[A-Z0-9]+$/, 'ids of user groups like S012AB3CD', approverGroups);
  if (approverGroups.length > 0 && !botToken) {
    throw new Error("'botToken' must be given with 'approverGroups', to look into the groups, got: none");
  }
  return { approvers, approverGroups };
}
