/** What the construct tells the function that answers the buttons, as JSON in one environment variable. */
export interface ApprovalConfig {
  /** ARN of the secret with the app's signing secret. */
  readonly signingSecretId: string;
  /** ARN of the secret with the bot's token, to look into user groups. */
  readonly botTokenSecretId?: string;
  /** Ids of people (`U…`). */
  readonly approvers: string[];
  /** Ids of user groups (`S…`). */
  readonly approverGroups: string[];
}

export const APPROVAL_VARIABLE = 'SLACK_APPROVAL_CONFIG';

/** `action_id` of the buttons, and what ECS is told. */
export const APPROVAL_ACTIONS = { continue_deployment: 'CONTINUE', stop_deployment: 'ROLLBACK' } as const;

/** What a button carries. */
export interface ApprovalValue {
  readonly serviceDeploymentArn: string;
  readonly hookId: string;
}
