/** What the preview and the process of a Lambda function say to each other. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly timeoutSeconds: number;
  readonly arn: string;
}

export type Outcome =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
