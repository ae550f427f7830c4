import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient, type ECSClientConfig } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';

/** The AWS services that a rollout needs. */
export interface Clients {
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly ssm: SSMClient;
}

/** Settings of a client that tests give; anything else comes from the environment as in every AWS tool. */
export interface ClientSettings {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string };
  readonly requestHandler?: ECSClientConfig['requestHandler'];
}

export function makeClients(settings: ClientSettings = {}): Clients {
  const config = {
    // The retries are `calls.ts`'s: it must know the clock, tell what it waits for, and tell a refusal from a hiccup.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 },
    ...settings,
  };
  return { ecs: new ECSClient(config), logs: new CloudWatchLogsClient(config), ssm: new SSMClient(config) };
}
