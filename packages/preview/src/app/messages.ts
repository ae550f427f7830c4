/** What the preview tells the process that watches over the app. */
export interface StartApp {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Run after the app has ended, however it ended. */
  readonly cleanup?: { readonly command: string; readonly args: readonly string[] };
}

/** What that process tells the preview. */
export type AppNews =
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'ended'; readonly code: number | null; readonly signal: string | null };

/** After a polite request an app has this long to end. */
export const GRACE_MS = 8_000;
