import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const COMMAND = join(__dirname, '..', '..', 'assets', 'bin', 'viz-app.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of `VizApp` in a temporary folder, as far as `viz-app` looks at it. */
export class Repository {
  public readonly folder = mkdtempSync(join(tmpdir(), 'viz-app-command-'));
  public readonly app = join(this.folder, 'app');

  /**
   * @param lock the only lock file, which is empty: quick to install
   * @param requires oldest Python
   */
  public constructor(lock = 'requirements.lock', requires = '>=3.11') {
    this.write('package.json', JSON.stringify({ vizApp: { app: 'app', stack: 'Viz', email: 'a@example.com' } }));
    this.write('app/pyproject.toml', `[project]\nrequires-python = "${requires}"\n`);
    this.write(`app/${lock}`, '');
  }

  public write(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  public read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  public has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Runs `viz-app` to its end. */
  public vizApp(args: string[], env: NodeJS.ProcessEnv = {}, cwd = this.folder): Ended {
    return spawnSync(process.execPath, [COMMAND, ...args], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
  }

  /** Starts `viz-app`, and tells it a signal as soon as its preview is open. */
  public async vizAppUntil(signal: NodeJS.Signals, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (text.includes('Preview is open')) {
        child.kill(signal);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
  }

  /** The programs that were played, as they were called, in their order; this folder is `.` in them. */
  public calls(): string[] {
    return this.has('calls') ? this.read('calls').trim().replaceAll(this.folder, '.').split('\n') : [];
  }

  /**
   * A Python that notes its calls and makes virtual environments of itself.
   *
   * @param lines of a shell, before it ends with 0
   * @returns its path
   */
  public playPython(version = '3.13.1', lines = '', path = 'played/python'): string {
    const file = this.write(
      path,
      `#!/bin/sh
PATH=/usr/bin:/bin
case "$*" in
  *python_version*) echo '${version}'; exit 0 ;;
esac
echo "$(basename "$0") $*" >>'${join(this.folder, 'calls')}'
${lines}
case "$*" in
  *"-m venv "*) for venv; do :; done; mkdir -p "$venv/bin"; cp "$0" "$venv/bin/python" ;;
  *"pip install"*" uv") cp "$0" "$(dirname "$0")/uv" ;;
esac
`,
    );
    chmodSync(file, 0o755);
    return file;
  }

  /** `cdk`, `viz-preview` and `tsc`, which note their calls; the runner of TypeScript tests is the real one. */
  public playNodePrograms(lines: { cdk?: string; preview?: string; tsc?: string } = {}): void {
    const note = (name: string) =>
      `require('node:fs').appendFileSync(${JSON.stringify(join(this.folder, 'calls'))}, ` +
      `['${name}', ...process.argv.slice(2)].join(' ') + '\\n');\n`;
    this.write('node_modules/aws-cdk/bin/cdk', note('cdk') + (lines.cdk ?? ''));
    this.write('node_modules/@paebbl/preview/assets/bin/viz-preview.js', note('viz-preview') + (lines.preview ?? ''));
    this.write('node_modules/typescript/bin/tsc', note('tsc') + (lines.tsc ?? ''));
    symlinkSync(dirname(require.resolve('tsx/package.json')), join(this.folder, 'node_modules', 'tsx'));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
