import type { Job, Step } from '../packages/projen-viz-app/src/workflow/workflow-file';
import { packJob, planJob, testJob } from './release-build-jobs';
import { appToken, bot, checkout, dotnet, download, java, node, python, reading, run } from './workflow-steps';

/** What each registry is published by, and what that needs. */
interface Publisher {
  readonly name: string;
  /** Programs that the tool uses. */
  readonly tools?: Step[];
  /** Whether the registry trusts this workflow: then no key is stored for it. */
  readonly trusted: boolean;
  /** What happens before the tool is called. */
  readonly before?: Step[];
  readonly command: string;
  readonly env: Record<string, string>;
}

/** The jobs of release.yml: plan, test, pack, tag, publish to five registries, tell. */
export function releaseJobs(repositoryUrl: string): Record<string, Job> {
  const publishers = publishersOf(`${repositoryUrl}-go`);
  return {
    plan: planJob(),
    test: testJob(),
    pack: packJob(),
    tag: tagJob(),
    ...Object.fromEntries(Object.entries(publishers).map(([id, publisher]) => [id, publishJob(publisher)])),
    announce: announceJob(Object.keys(publishers)),
  };
}

/**
 * publib's tools leave what is published already as it is, so that a run that failed half-way can be run again.
 *
 * @param goRepository where Go modules live: `go get` reads a repository, and finds versions by its tags
 */
function publishersOf(goRepository: string): Record<string, Publisher> {
  const [owner, repository] = goRepository.split('/').slice(-2);
  return {
    npm: {
      name: 'npm',
      trusted: true,
      command: 'publib-npm dist/js',
      env: { NPM_TRUSTED_PUBLISHER: 'true', NPM_ACCESS_LEVEL: 'public', NPM_CONFIG_PROVENANCE: 'true' },
    },
    pypi: {
      name: 'PyPI',
      tools: [python],
      trusted: true,
      command: 'publib-pypi dist/python',
      env: { PYPI_TRUSTED_PUBLISHER: 'true' },
    },
    nuget: {
      name: 'NuGet',
      tools: [python, dotnet],
      trusted: true,
      command: 'publib-nuget dist/dotnet',
      env: { NUGET_TRUSTED_PUBLISHER: 'true', NUGET_USERNAME: '${{ vars.NUGET_USERNAME }}' },
    },
    maven: {
      name: 'Maven Central',
      tools: [java],
      // It knows no trusted publishing, and wants each file signed.
      trusted: false,
      command: 'publib-maven dist/java',
      env: {
        MAVEN_SERVER_ID: 'central-ossrh',
        MAVEN_USERNAME: '${{ secrets.MAVEN_USERNAME }}',
        MAVEN_PASSWORD: '${{ secrets.MAVEN_PASSWORD }}',
        MAVEN_GPG_PRIVATE_KEY: '${{ secrets.MAVEN_GPG_PRIVATE_KEY }}',
        MAVEN_GPG_PRIVATE_KEY_PASSPHRASE: '${{ secrets.MAVEN_GPG_PRIVATE_KEY_PASSPHRASE }}',
      },
    },
    go: {
      name: 'Go',
      trusted: false,
      // For an hour, and for that one repository.
      before: [appToken({ owner, repositories: repository, 'permission-contents': 'write' })],
      command: 'publib-golang dist/go',
      env: {
        // publib makes it the user of a URL; an App's token is a password, of the user that it is named after here.
        GITHUB_TOKEN: 'x-access-token:${{ steps.token.outputs.token }}',
        GIT_BRANCH: 'main',
        GIT_USER_NAME: bot.name,
        GIT_USER_EMAIL: bot.email,
      },
    },
  };
}

/** Before anything is published: the tag says which commit a version is, also when a registry fails. */
function tagJob(): Job {
  return {
    name: 'Tag',
    needs: ['plan', 'pack'],
    ...reading,
    'timeout-minutes': 10,
    environment: 'release',
    permissions: { contents: 'write' },
    steps: [
      {
        ...run(
          'Tag the commit',
          'if ! gh api "repos/$GITHUB_REPOSITORY/git/ref/tags/v$VERSION" --silent; then',
          '  gh api "repos/$GITHUB_REPOSITORY/git/refs" -f "ref=refs/tags/v$VERSION" -f "sha=$GITHUB_SHA" --silent',
          'fi',
        ),
        env: { GH_TOKEN: '${{ github.token }}', VERSION: '${{ needs.plan.outputs.version }}' },
      },
    ],
  };
}

function publishJob({ name, tools = [], trusted, before = [], command, env }: Publisher): Job {
  return {
    name,
    needs: ['tag'],
    ...reading,
    environment: 'release',
    permissions: trusted ? { contents: 'read', 'id-token': 'write' } : { contents: 'read' },
    steps: [
      checkout(),
      node,
      ...tools,
      // publib as it is locked. No script of any package runs where there is something to steal.
      run('Install what publishes', 'npm ci --ignore-scripts'),
      download,
      ...before,
      { ...run('Publish', `node_modules/.bin/${command}`), env },
    ],
  };
}

/** A release on GitHub with what the changelog says. */
function announceJob(publishers: string[]): Job {
  return {
    name: 'Announce',
    needs: ['plan', ...publishers],
    ...reading,
    'timeout-minutes': 10,
    permissions: { contents: 'write' },
    steps: [
      download,
      {
        ...run(
          'Make the release',
          'if ! gh release view "v$VERSION" >/dev/null; then',
          '  gh release create "v$VERSION" --verify-tag --title "$VERSION" --notes-file dist/NOTES.md',
          'fi',
        ),
        env: {
          GH_REPO: '${{ github.repository }}',
          GH_TOKEN: '${{ github.token }}',
          VERSION: '${{ needs.plan.outputs.version }}',
        },
      },
    ],
  };
}
