import * as iam from 'aws-cdk-lib/aws-iam';
import type { GitHubSource } from './github-source';

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/** GitHub's identity provider for this account, without thumbprints: AWS has not read them since July 2023. */
export function makeGitHubProvider(scope: ConstructorParameters<typeof iam.OidcProviderNative>[0]): iam.IOidcProvider {
  return new iam.OidcProviderNative(scope, 'GitHub', { url: `https://${ISSUER}`, clientIds: [AUDIENCE] });
}

/**
 * The workflow runs that may assume a role: compared exactly, so that a wildcard in a name would match nothing.
 *
 * @param where what follows the repository in the subject, e.g. `ref:refs/heads/main`
 */
export function workflowRuns(provider: iam.IOidcProvider, source: GitHubSource, where: string): iam.IPrincipal {
  const { owner, repository, ownerId, repositoryId } = source;
  const names = `repo:${owner}/${repository}:${where}`;
  // Repositories of before and after 15 July 2026 differ in their subject; both forms name one repository only.
  const subjects = ownerId ? [names, `repo:${owner}@${ownerId}/${repository}@${repositoryId}:${where}`] : [names];
  return new iam.WebIdentityPrincipal(provider.oidcProviderArn, {
    StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: subjects },
  });
}

/** Where a push may come from: the branch, or jobs of the environment when no branch is given. */
export function pushingFrom({ branch, environment }: GitHubSource): string {
  return branch ? `ref:refs/heads/${branch}` : inEnvironment(environment!);
}

/** Where a deployment may come from: jobs of the environment, or the branch when no environment is given. */
export function deployingFrom({ branch, environment }: GitHubSource): string {
  return environment ? inEnvironment(environment) : `ref:refs/heads/${branch}`;
}

/** GitHub escapes the colon, its own separator. */
function inEnvironment(environment: string): string {
  return `environment:${environment.replace(/:/g, '%3A')}`;
}
