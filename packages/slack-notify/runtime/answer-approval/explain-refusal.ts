/** Why ECS did not do it, for the person who clicked: whether something was done after all is what they must know. */
export function explainRefusal(code: string): string {
  if (/^(NoAnswer|ServerException|InternalServer\w*|5\d\d)$/.test(code)) {
    return `ECS did not answer (${code}) and may have acted all the same: look at the deployment before you click again.`;
  }
  if (/^(AccessDenied|AccessDeniedException|UnrecognizedClientException)$/.test(code)) {
    return `These buttons may not decide about this service (${code}): its \`approvals\` do not cover it. Nothing was done.`;
  }
  if (/^(ThrottlingException|TooManyRequests\w*|429)$/.test(code)) {
    return `ECS is too busy (${code}): click again in a minute. Nothing was done.`;
  }
  // Most often somebody else was quicker, or its time was up.
  return `ECS refused (${code}): the deployment may have been decided already. Nothing was done.`;
}
