import { readFileSync } from 'node:fs';

/** What GitHub Actions says about the run. Everything is missing elsewhere. */
export interface Run {
  readonly repository?: string;
  readonly workflow?: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly commitTitle?: string;
  readonly author?: string;
  readonly runUrl?: string;
  readonly commitUrl?: string;
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function readRun(env: NodeJS.ProcessEnv): Run {
  if (env.GITHUB_ACTIONS !== 'true') {
    return {};
  }
  const repositoryUrl = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY}`;
  const attempt = env.GITHUB_RUN_ATTEMPT ? `/attempts/${env.GITHUB_RUN_ATTEMPT}` : '';
  const headCommit = readHeadCommit(env.GITHUB_EVENT_PATH);
  return {
    repository: env.GITHUB_REPOSITORY,
    workflow: env.GITHUB_WORKFLOW,
    branch: env.GITHUB_REF_NAME,
    commit: env.GITHUB_SHA,
    commitTitle: headCommit?.message?.split('\n')[0],
    author: headCommit?.author?.name ?? env.GITHUB_ACTOR,
    runUrl: env.GITHUB_RUN_ID ? `${repositoryUrl}/actions/runs/${env.GITHUB_RUN_ID}${attempt}` : undefined,
    commitUrl: env.GITHUB_SHA ? `${repositoryUrl}/commit/${env.GITHUB_SHA}` : undefined,
  };
}

interface HeadCommit {
  readonly message?: string;
  readonly author?: { readonly name?: string };
}

/** Only a push has one. A file that cannot be read costs the commit's title, not the message. */
function readHeadCommit(path?: string): HeadCommit | undefined {
  if (!path) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')).head_commit ?? undefined;
  } catch {
    return undefined;
  }
}
