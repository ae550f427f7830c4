/** What the construct tells its function, as JSON in one environment variable. */
export interface NotifyConfig {
  readonly routes: RouteConfig[];
  /** Table that remembers what was told. Its key is `id`, its time to live `expires`. */
  readonly tableName: string;
  /** Queue whose messages come back when a burst is to be summed up. */
  readonly burstQueueUrl: string;
  /** How long alike events are counted before they are summed up, in seconds. */
  readonly burstSeconds: number;
  /** Queue that keeps events which could not be told. */
  readonly deadLetterQueueUrl: string;
  /** Whether messages about a paused deployment have buttons. */
  readonly buttons?: boolean;
}

/** What goes to one channel. The first route that fits takes a message, unless it only copies it. */
export interface RouteConfig {
  /** Names the route in logs and in the table. */
  readonly name: string;
  /** Nowhere when it is missing. */
  readonly webhook?: WebhookAddress;
  /** Sources by id. All of them when it is missing. */
  readonly sources?: string[];
  /** All of them when it is missing. */
  readonly severities?: string[];
  /** All of them when it is missing. */
  readonly kinds?: string[];
  /** Later routes may take the message, too. */
  readonly copy?: boolean;
}

/** Where the webhook URL is kept: never the URL itself. */
export interface WebhookAddress {
  /** ARN of a secret. */
  readonly secretId?: string;
  /** Key within the secret, when it is a JSON object. */
  readonly secretField?: string;
  /** Name of a SecureString parameter. */
  readonly parameterName?: string;
}

export const CONFIG_VARIABLE = 'SLACK_NOTIFY_CONFIG';
