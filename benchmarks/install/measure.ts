/** Installs everything in turns, each time into an empty folder with an empty cache. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRegistry } from '../../consumers/src/registry';
import { run } from '../../consumers/src/run';
import { cdkVersions } from '../../consumers/src/versions';
import { writeReport } from '../write-report';
import { BASELINE, type Subject, subjects } from './subjects';

const ROUNDS = Number(parseArgs({ options: { rounds: { type: 'string', default: '5' } } }).values.rounds);
const work = mkdtempSync(join(tmpdir(), 'paebbl-install-'));

interface Installed {
  readonly seconds: number;
  /** Of npm's processes, not of the registry. */
  readonly processorSeconds: number;
  /** On disk. */
  readonly bytes: number;
  readonly packages: number;
}

/** Bash tells the processor time of what it ran, Node does not. */
const TIMED = 'TIMEFORMAT="%U %S"; time "$@"';

async function install({ packages }: Subject, env: NodeJS.ProcessEnv): Promise<Installed> {
  const folder = join(work, 'app');
  const cache = join(work, 'cache');
  mkdirSync(folder);
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
    const command = ['npm', 'install', '--no-audit', '--no-fund', '--cache', cache, ...packages];
    const began = performance.now();
    const { stderr } = await run('bash', ['-c', TIMED, 'bash', ...command], { cwd: folder, env });
    const seconds = (performance.now() - began) / 1000;
    const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    const { stdout } = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder, env });
    return {
      seconds,
      processorSeconds: user + system,
      bytes: bytesOf(join(folder, 'node_modules')),
      packages: stdout.trim().split('\n').length - 1,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Of all files below a folder; none when there is no such folder. */
function bytesOf(folder: string): number {
  if (!existsSync(folder)) {
    return 0;
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function main() {
  const [cdk] = await cdkVersions();
  const registry = await startRegistry({ keepsFetched: true });
  try {
    const all = await subjects(cdk);
    const measured = new Map<string, Installed[]>(all.map(({ name }) => [name, []]));
    // The first round fills the local registry, and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const subject of inTurn(all, round)) {
        const installed = await install(subject, registry.env);
        if (round > 0) {
          measured.get(subject.name)?.push(installed);
        }
      }
      console.error(round === 0 ? 'filled the local registry' : `round ${round} of ${ROUNDS}`);
    }
    report(cdk, measured);
  } finally {
    await registry.close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Who comes first changes, and who comes after whom, so that nobody always has the warmer disk. */
function inTurn(all: Subject[], round: number): Subject[] {
  const first = (round * 3) % all.length;
  const turned = [...all.slice(first), ...all.slice(0, first)];
  return round % 2 ? turned.reverse() : turned;
}

function report(cdk: string, measured: Map<string, Installed[]>) {
  const baseline = measured.get(BASELINE) as Installed[];
  const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));
  const results = [...measured].map(([name, rounds]) => {
    const seconds = rounds.map((each) => each.seconds);
    const processor = rounds.map((each) => each.processorSeconds);
    return {
      name,
      seconds: rounded(median(seconds)),
      processorSeconds: rounded(median(processor)),
      // A round is one moment of the machine: the ratio is taken within it.
      ratioToCdkAlone: rounded(median(processor.map((each, round) => each / baseline[round].processorSeconds)), 2),
      megabytes: rounded(rounds[0].bytes / 1e6),
      // The tools come without it.
      ...(rounds[0].bytes >= baseline[0].bytes
        ? { moreThanCdkAloneMB: rounded((rounds[0].bytes - baseline[0].bytes) / 1e6) }
        : {}),
      packages: rounds[0].packages,
      spread: { lowest: Math.min(...seconds).toFixed(1), highest: Math.max(...seconds).toFixed(1) },
    };
  });
  const result = {
    benchmark: 'install',
    what: `a cold npm install into an empty folder, with an empty cache of npm's, from a registry on the same machine; medians of interleaved rounds, the constructs and other packages for the CDK with aws-cdk-lib ${cdk}, the rest without; the ratio is one of processor time, and sizes are those on disk`,
    rounds: ROUNDS,
    results,
  };
  writeReport(result);
  console.table(results.map(({ spread, ...row }) => row));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
