import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateBindings } from '../src/bindings';
import { Folders } from '../src/folder';
import { installedVersion, javascript } from '../src/languages/node';
import { type OwnRegistry, startRegistry } from '../src/registry';
import { Rehearsal } from '../src/rehearsal';
import { CommandError, run } from '../src/run';
import { consumerEnvironment } from '../src/verification';
import { cdkVersions } from '../src/versions';
import { constructPackages, publicPackages } from '../src/workspace';

// Building everything, with a version in it. Each step needs the one before, as it does in a release.
jest.setTimeout(900_000);

const names = publicPackages().map(({ name }) => name);
const folders = new Folders();
let registry: OwnRegistry;
let release: Rehearsal;

beforeAll(async () => {
  // Nothing was ever published but the empty version that npm wants of each package before it trusts a workflow.
  registry = await startRegistry({ tarballs: [await emptyVersion('@paebbl/slack-notify')] });
  release = await Rehearsal.begin(registry);
});

afterAll(async () => {
  release?.end();
  folders.removeAll();
  await registry?.close();
});

/** A tarball as docs/releases.md says to publish it by hand. */
async function emptyVersion(name: string): Promise<string> {
  const folder = folders.make();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0' }));
  return join(folder, (await run('npm', ['pack', '--silent'], { cwd: folder })).stdout.trim());
}

/** What the workflow's job `plan` says: the version to release, or nothing. */
const plannedVersion = async () => {
  const { script } = release.step('plan', 'Look for a version that is not released yet');
  return /^version=(.*)$/m.exec((await release.runStep(script)).outputs)?.[1];
};

test('`release:bump -- --dry-run` says the version and changes nothing', async () => {
  const { stdout } = await release.run('npm', 'run', 'release:bump', '--', '--dry-run');
  expect(stdout).toContain('nothing -> 0.1.0\n\n- Everything.\n');
  expect((await release.run('git', 'status', '--porcelain')).stdout).toBe('');
});

test('`release:bump` writes the version that the commits ask for into the changelog', async () => {
  expect(await plannedVersion()).toBeUndefined();
  await release.run('npm', 'run', 'release:bump');
  await release.commit('chore(release): 0.1.0');
  expect(release.read('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 0\.1\.0 \(\d{4}-\d\d-\d\d\)\n\n- Everything\.$/m);
});

test('once that is on main, the workflow sees what is to be released', async () => {
  expect(await plannedVersion()).toBe('0.1.0');
});

test('the workflow stamps, builds and packs every package for npm with that version', async () => {
  await release.runStep(release.step('pack', 'Write the version into the packages').script);
  await release.runStep(release.step('pack', 'Build').script);
  const { stdout } = await release.runStep(release.step('pack', 'Compare with what is published').script);
  expect(stdout).toContain('@paebbl/ecr-pipeline: nothing is published yet');
  expect(stdout).toContain('@paebbl/slack-notify: 0.0.0 has no API to compare with');
  const { script } = release.step('pack', 'Pack');
  // The other languages need tools and mirrors that not every machine has; test/languages.test.ts packs them.
  expect(script).toContain('npm run release:pack\n');
  await release.runStep(script.replace('npm run release:pack\n', 'npm run release:pack -- js\n'));

  const tarballs = names.map((name) => `${name.replace('@', '').replace('/', '-')}-0.1.0.tgz`);
  expect(readdirSync(release.path('dist', 'js')).sort()).toEqual(tarballs.sort());
  expect(release.read('dist/NOTES.md')).toBe('- Everything.\n');
});

test('the workflow publishes to npm, and again leaves what is published as it is', async () => {
  const { script, env } = release.step('npm', 'Publish');
  expect(env).toEqual({
    NPM_TRUSTED_PUBLISHER: 'true',
    NPM_ACCESS_LEVEL: 'public',
    NPM_CONFIG_PROVENANCE: 'true',
  });
  const here = {
    NPM_ACCESS_LEVEL: env.NPM_ACCESS_LEVEL,
    // Only GitHub can vouch for its workflow, and only npm takes its word; this registry takes any token.
    NPM_TOKEN: 'anyone',
    NPM_REGISTRY: new URL(registry.url).host,
    DISABLE_HTTPS: 'true',
    // publib writes the token into it.
    HOME: release.home,
    npm_config_userconfig: join(release.home, '.npmrc'),
  };
  expect((await release.runStep(script, here)).stdout).toMatch(/^SUCCESS$/m);
  const { stdout } = await release.runStep(script, here);
  expect(stdout.match(/^SKIPPING: already published$/gm)).toHaveLength(names.length);
  expect(stdout).toMatch(/^SUCCESS$/m);
});

test('the workflow pushes Go modules with the tags that `go get` looks for', async () => {
  // Not compiled, as release:pack does it: for that the index of Go must have the newest aws-cdk-lib.
  const stamped = constructPackages().map((pkg) => ({
    ...pkg,
    folder: release.path('packages', basename(pkg.folder)),
  }));
  const bindings = await generateBindings(folders.make(), stamped);
  for (const pkg of stamped) {
    cpSync(bindings.of('go', pkg), release.path('dist', 'go'), { recursive: true });
  }
  const { script, env } = release.step('go', 'Publish');
  const remote = join(release.home, 'modules.git');
  await release.run('git', 'init', '--quiet', '--bare', remote);
  const gitConfiguration = join(release.home, 'gitconfig');
  const token = env.GITHUB_TOKEN?.replace('${{ steps.token.outputs.token }}', 'ghs_1');
  // GitHub takes the token of an App as a password only.
  const github = 'https://x-access-token:ghs_1@github.com/paebbl/data-visualization-ops-go.git';
  writeFileSync(gitConfiguration, `[url "file://${remote}"]\n  insteadOf = ${github}\n`);
  await release.runStep(script, { ...env, GITHUB_TOKEN: token, GIT_CONFIG_GLOBAL: gitConfiguration });

  const { stdout } = await release.run('git', '--git-dir', remote, 'tag', '--list');
  const modules = ['paebblcognitoalbauth', 'paebblecrpipeline', 'paebblecsec2service', 'paebblslacknotify'];
  expect(stdout.trim().split('\n')).toEqual(modules.map((module) => `${module}/v0.1.0`));
});

test('a team installs what was published, and synthesizes', async () => {
  const folder = folders.make();
  const packages = { registry, cdkVersions: await cdkVersions(), maven: '', bindings: { packages: [], of: () => '' } };
  const env = { ...consumerEnvironment(), CDK_OUTDIR: join(folder, 'cdk.out') };
  const { assembly } = await javascript.synth(packages, folder, env);

  expect(installedVersion(folder, '@paebbl/ecr-pipeline')).toBe('0.1.0');
  expect(existsSync(join(assembly, 'PaebblViz.template.json'))).toBe(true);
});

test('a released version is not released again', async () => {
  // GitHub's interface does that in the workflow.
  await release.run('git', 'tag', 'v0.1.0');
  expect(await plannedVersion()).toBe('0.1.0');
  await release.run('git', 'commit', '--quiet', '--allow-empty', '--message', 'docs: a word');
  expect(await plannedVersion()).toBeUndefined();
  await expect(release.run('npm', 'run', 'release:bump')).rejects.toThrow(
    /Nothing to release: none of the 1 commits since 0\.1\.0/,
  );
});

describe('a change that breaks users', () => {
  beforeAll(async () => {
    await release.run('git', 'checkout', '--quiet', '--', '.');
    release.edit('packages/ecr-pipeline/src/github-source.ts', 'readonly repositoryId?:', 'readonly repositoryId:');
    await release.commit('fix(ecr-pipeline): the id of the repository is needed');
    await release.run('npx', 'nx', 'build', '@paebbl/ecr-pipeline');
  });

  test('is refused while no commit says so, and no other package is blamed', async () => {
    const { script } = release.step('pack', 'Compare with what is published');
    const refused = await release.runStep(script).catch((error) => error);
    expect(refused).toBeInstanceOf(CommandError);
    const { output } = refused as CommandError;
    expect(output).toContain('@paebbl/ecr-pipeline breaks users of 0.1.0, and no commit says so');
    expect(output).toMatch(/GitHubSource.*repositoryId/);
    expect(output).toContain('@paebbl/slack-notify: compatible with 0.1.0.');
  });

  test('goes through once a commit says so, as a new minor version before 1.0', async () => {
    await release.run('git', 'commit', '--quiet', '--amend', '--message', 'fix(ecr-pipeline)!: the id is needed');
    const compared = await release.run('npm', 'run', 'compat', '--', '@paebbl/ecr-pipeline');
    expect(compared.stdout).toContain('@paebbl/ecr-pipeline: breaks users of 0.1.0, as announced.');
    release.edit('CHANGELOG.md', '## Unreleased\n', '## Unreleased\n\n- The id of the repository is needed.\n');
    expect((await release.run('npm', 'run', 'release:bump')).stdout).toContain('0.1.0 -> 0.2.0');
  });
});

test('what is no language and no package is refused with what to choose', async () => {
  await expect(release.run('npm', 'run', 'release:pack', '--', 'cobol')).rejects.toThrow(
    "'cobol' is no language to pack for: choose js, python, java, dotnet, go.",
  );
  await expect(
    run('npm', ['run', 'compat', '--', 'left-pad'], { cwd: release.path(), env: release.env }),
  ).rejects.toThrow("'left-pad' is no package to compare: choose @paebbl/");
});
