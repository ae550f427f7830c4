import { LogLevel, WebClient } from '@slack/web-api';
import type { ApprovalConfig } from '../../src/approval-contract';
import { readSecret } from '../aws/read-secret';

/** Whether this person was named, or is in a group that was. */
export async function mayApprove(config: ApprovalConfig, userId: string): Promise<boolean> {
  if (config.approvers.includes(userId)) {
    return true;
  }
  if (config.approverGroups.length === 0 || !config.botTokenSecretId) {
    return false;
  }
  // Slack waits three seconds for an answer to a click, so nothing is tried twice.
  const client = new WebClient(await readSecret(config.botTokenSecretId), {
    retryConfig: { retries: 0 },
    timeout: 2_000,
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  const groups = await Promise.all(
    config.approverGroups.map((usergroup) => client.usergroups.users.list({ usergroup })),
  );
  return groups.some(({ users }) => users?.includes(userId));
}
