/** Whether a user came from one of these providers. Cognito names such users `<provider>_<id>`, in any case. */
export function comesFrom(providers: readonly string[], userName: string): boolean {
  const name = userName.toLowerCase();
  return providers.some((provider) => name.startsWith(`${provider.toLowerCase()}_`));
}
