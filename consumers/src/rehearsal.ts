import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { personsEnvironment } from './environment';
import type { Registry } from './registry';
import { type Output, run } from './run';
import { root } from './workspace';

/** A job of a workflow, as far as it matters here. */
interface Job {
  readonly steps: { readonly name: string; readonly run?: string; readonly env?: Record<string, string> }[];
}

/** A step of the release workflow: what it runs, and with what. */
export interface WorkflowStep {
  readonly script: string;
  readonly env: Record<string, string>;
}

/**
 * A copy of this tree in which a release can be tried. What is not committed is in it, too.
 *
 * Its history and its changelog are its own, so that the next version is known and that a shallow clone will do.
 */
export class Rehearsal {
  /** @param registry where it looks for what is published */
  public static async begin(registry: Registry): Promise<Rehearsal> {
    const home = mkdtempSync(join(tmpdir(), 'paebbl-release-'));
    const rehearsal = new Rehearsal(home, personsEnvironment(registry.env, home));
    const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
    });
    for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
      mkdirSync(dirname(rehearsal.path(file)), { recursive: true });
      cpSync(join(root, file), rehearsal.path(file));
    }
    // What `npm ci` would install.
    symlinkSync(join(root, 'node_modules'), rehearsal.path('node_modules'));
    writeFileSync(rehearsal.path('CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- Everything.\n');
    await rehearsal.run('git', 'init', '--quiet', '--initial-branch=main');
    // .gitignore speaks of folders, and this is a link.
    writeFileSync(rehearsal.path('.git', 'info', 'exclude'), '/node_modules\n');
    await rehearsal.commit('feat: everything');
    return rehearsal;
  }

  private constructor(
    /** An empty home directory. */
    public readonly home: string,
    /** Of its commands. */
    public readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Path of one of its files. */
  public path(...parts: string[]): string {
    return join(this.home, 'repository', ...parts);
  }

  public read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  /** Replaces a part of a file that must be in it. */
  public edit(file: string, before: string, after: string): void {
    const text = this.read(file);
    if (!text.includes(before)) {
      throw new Error(`'${file}' must contain ${JSON.stringify(before)}, got: none`);
    }
    writeFileSync(this.path(file), text.replace(before, after));
  }

  public run(program: string, ...args: string[]): Promise<Output> {
    return run(program, args, { cwd: this.path(), env: this.env });
  }

  public async commit(message: string): Promise<void> {
    await this.run('git', 'add', '--all');
    await this.run('git', 'commit', '--quiet', '--message', message);
  }

  /** A step of release.yml, by the name of its job and its own. */
  public step(job: string, name: string): WorkflowStep {
    const { jobs } = parse(this.read('.github/workflows/release.yml')) as { jobs: Record<string, Job> };
    const step = jobs[job]?.steps.find((each) => each.name === name);
    if (!step?.run) {
      throw new Error(`release.yml must have a step '${name}' in its job '${job}' that runs something, got: none`);
    }
    return { script: step.run, env: step.env ?? {} };
  }

  /**
   * Runs a step as GitHub does.
   *
   * @param env beside that of the rehearsal
   * @returns what it said, and the outputs that it set
   */
  public async runStep(script: string, env: NodeJS.ProcessEnv = {}): Promise<Output & { outputs: string }> {
    const { stdout: commit } = await this.run('git', 'rev-parse', 'HEAD');
    const files = { GITHUB_OUTPUT: join(this.home, 'output'), GITHUB_STEP_SUMMARY: join(this.home, 'summary') };
    for (const file of Object.values(files)) {
      writeFileSync(file, '');
    }
    const said = await run('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: this.path(),
      env: { ...this.env, ...files, GITHUB_SHA: commit.trim(), ...env },
    });
    return { ...said, outputs: readFileSync(files.GITHUB_OUTPUT, 'utf8') };
  }

  public end(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
