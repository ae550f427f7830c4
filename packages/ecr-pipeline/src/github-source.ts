/**
 * The GitHub repository whose workflows may push and deploy, and from where in it.
 *
 * At least one of `branch` and `environment` is needed: without, any branch and any pull request could deploy.
 */
export interface GitHubSource {
  /** Organisation or user that owns the repository, e.g. `paebbl`. */
  readonly owner: string;

  /** Name of the repository, without its owner. */
  readonly repository: string;

  /**
   * Branch whose workflow runs are trusted, e.g. `main`.
   *
   * @default - no branch: `environment` is required then
   */
  readonly branch?: string;

  /**
   * GitHub environment whose jobs are trusted, e.g. `production`.
   *
   * Where both are given, jobs of the branch may push, and only jobs of the environment, with its approvals, may deploy.
   * Without a branch, jobs that run in no environment may not even push: `DeployWorkflow` of `@paebbl/projen-viz-app` builds
   * in such a job, before an approval is asked for, so it needs both.
   *
   * @default - no environment: `branch` is required then
   */
  readonly environment?: string;

  /**
   * Number of the owner: `gh api users/OWNER --jq .id`. Comes together with `repositoryId`.
   *
   * Repositories that were created, renamed or transferred after 15 July 2026 prove themselves with their ids as well,
   * and are refused without them (configure-aws-credentials 1888).
   *
   * @default - tokens without ids are trusted only
   */
  readonly ownerId?: string;

  /**
   * Number of the repository: `gh api repos/OWNER/REPOSITORY --jq .id`. Comes together with `ownerId`.
   *
   * @default - tokens without ids are trusted only
   */
  readonly repositoryId?: string;
}
