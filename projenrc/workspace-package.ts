import { type javascript, ProjenrcFile } from 'projen';
import type { Monorepo } from './monorepo';

/** What any package of the repository has in common. */
export interface WorkspacePackageOptions {
  /** Name of the package, and of its folder below `packages/` unless `outdir` is given. */
  readonly name: string;
  readonly description?: string;
  /**
   * Folder of the package, from the root.
   *
   * @default - `packages/<name>`
   */
  readonly outdir?: string;
  /** @default - no run-time dependencies */
  readonly deps?: string[];
  /** @default - none but what the root installs for everyone */
  readonly devDeps?: string[];
}

/** Leaves its results where `scripts/count-tests.mjs` adds them up. */
export const testCommand = 'jest --config jest.config.json --json --outputFile=test-results.json';

/** Options of a Node project that every package shares: what the root does once is switched off in each. */
export function sharedOptions(repo: Monorepo, options: WorkspacePackageOptions) {
  return {
    parent: repo,
    outdir: options.outdir ?? `packages/${options.name}`,
    description: options.description,
    defaultReleaseBranch: 'main',
    packageManager: repo.package.packageManager,
    minNodeVersion: repo.minNodeVersion,
    license: 'Apache-2.0',
    copyrightOwner: 'Paebbl',
    authorName: 'Paebbl',
    authorOrganization: true,
    repository: `git+${repo.repositoryUrl}.git`,
    repositoryDirectory: options.outdir ?? `packages/${options.name}`,
    deps: options.deps,
    devDeps: options.devDeps,
    github: false,
    eslint: false,
    jest: false,
    depsUpgrade: false,
    npmignoreEnabled: false,
    sampleCode: false,
    package: false,
    licensed: true,
    addPackageManagerToDevEngines: false,
  } satisfies Partial<javascript.NodeProjectOptions> & Record<string, unknown>;
}

/**
 * Replaces projen's tasks by plain npm scripts, which nx runs and caches: `nx run <package>:<script>`.
 *
 * The root installs for all workspaces at once, so a package's own install task does nothing; and everything is generated
 * from the root's .projenrc.ts.
 */
export function useScripts(project: javascript.NodeProject, scripts: Record<string, string>) {
  project.package.installTask.reset();
  project.package.installCiTask.reset();
  project.gitignore.exclude('/test-results.*');
  replaceTasks(project, scripts);
  new RootProjenrc(project);
}

/** Lets generated files say what they are generated from. Without it, projen names a file that does not exist. */
class RootProjenrc extends ProjenrcFile {
  public readonly filePath = '.projenrc.ts';

  public override preSynthesize() {
    // The file is the root's: no workspace has it in its .gitignore.
  }
}

/** Removes every task and its npm script but those that projen itself needs, and sets these scripts instead. */
export function replaceTasks(project: javascript.NodeProject, scripts: Record<string, string>) {
  const kept = ['install', 'install:ci', 'default'];
  const removed = project.tasks.all.filter((task) => !kept.includes(task.name));
  for (const { name } of removed) {
    project.package.removeScript(name);
  }
  // A task can only go when no other one spawns it any more.
  for (let left = removed; left.length > 0; ) {
    const spawned = new Set(left.flatMap((task) => task.steps.map((step) => step.spawn)));
    for (const { name } of left.filter((task) => !spawned.has(task.name))) {
      project.tasks.removeTask(name);
    }
    left = left.filter((task) => spawned.has(task.name));
  }
  for (const [name, command] of Object.entries(scripts)) {
    project.package.setScript(name, command);
  }
}
