/** One object per happening: Lambda writes it as JSON, for CloudWatch Logs Insights. Never takes a URL or a secret. */
export function log(level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown> = {}): void {
  console[level]({ message, ...fields });
}
