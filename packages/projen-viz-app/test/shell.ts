import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Command lines of the programs that are played, in their order. */
  readonly calls: string[];
  readonly summary: string;
  readonly output: string;
}

/**
 * Runs the script of a step as GitHub does.
 *
 * @param programs what the programs do that would talk to AWS, as lines of a shell; what they are called with is noted
 * @param env variables of the step; `RUNNER_TEMP` is a folder of its own
 * @param files of that folder
 */
export function runScript(
  script: string,
  programs: Record<string, string>,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'step-'));
  const path = (name: string) => join(folder, name);
  const read = (name: string) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : '');
  try {
    mkdirSync(path('bin'));
    for (const [name, lines] of Object.entries(programs)) {
      writeFileSync(path(`bin/${name}`), `#!/bin/bash\necho "${name} $*" >>'${path('calls')}'\n${lines}\n`);
      chmodSync(path(`bin/${name}`), 0o755);
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(path(`temp/${name}`)), { recursive: true });
      writeFileSync(path(`temp/${name}`), text);
    }
    mkdirSync(path('temp'), { recursive: true });
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      encoding: 'utf8',
      env: {
        PATH: `${path('bin')}${delimiter}${process.env.PATH}`,
        RUNNER_TEMP: path('temp'),
        GITHUB_STEP_SUMMARY: path('summary'),
        GITHUB_OUTPUT: path('output'),
        ...env,
      },
    });
    const calls = read('calls').replaceAll(path('temp'), '/runner').trim();
    return {
      status,
      stdout,
      stderr,
      calls: calls ? calls.split('\n') : [],
      summary: read('summary'),
      output: read('output'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
