import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../apps/paebbl-viz/e2e/src/engine';
import { container } from '../../apps/paebbl-viz/e2e/src/engine-image';
import { writeReport } from '../write-report';
import { startHost } from './host';
import { empty, type Measured, runWay } from './rounds';
import { phasesOf, summarize } from './summary';
import { ways } from './ways';

const WHAT =
  'from a pushed commit to its verdict, in seconds: real builds, pushes, pulls, containers and requests; ECS scripted, and the time in ' +
  'which everybody waits counted but not waited for; medians of the rounds';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  const { rounds, wanted } = options();
  const builder = findEngine();
  const own = `unix://${process.env.PAEBBL_ENGINE_HOME ?? '/var/tmp/paebbl-engine'}/docker.sock`;
  // It empties the build cache of the engine, which nobody would want of the engine that they work with.
  if (builder?.env.DOCKER_HOST !== own) {
    throw new Error(`'DOCKER_HOST' must be the engine of ".ci/engine start" (${own}), got: another engine or none`);
  }
  const base = /^FROM (\S+) AS dependencies$/m.exec(readFileSync(join(container, 'Dockerfile'), 'utf8'))?.[1];
  if (!base) {
    throw new Error("The app's Dockerfile must start from a stage 'dependencies', got: another first stage");
  }
  const host = await startHost();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // The host's engine and its network end with this program, however it ends.
    process.once(signal, () => void host.stop().finally(() => process.exit(1)));
  }
  const measured: Measured[] = [];
  const began = performance.now();
  try {
    for (const way of wanted) {
      // The peer in the middle is there for its verdicts; the goals compare the first and the last.
      await runWay({ builder, host: host.engine, base }, way, way.once ? 1 : rounds, (one) => {
        measured.push(one);
        progress(one, began);
      });
    }
    await empty(builder, host.engine);
  } finally {
    await host.stop();
  }
  const results = summarize(measured);
  console.table(results.map(({ details: _details, ...row }) => row));
  if (wanted.length < ways.length) {
    console.log('Only some of the ways: nothing is written.');
    return;
  }
  const machine = { cpus: cpus().length, cpu: cpus()[0].model, node: process.version };
  const report = { benchmark: 'commit-to-live', what: WHAT, rounds, machine, base, results };
  writeReport(report);
}

function progress(one: Measured, began: number): void {
  const phases = Object.entries(phasesOf(one)).flatMap(([name, value]) =>
    value === undefined ? [] : `${name} ${value.toFixed(1)}`,
  );
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  console.error(
    `[${minutes} min] ${one.way}, ${one.change.name}: ${phases.join(', ')}; ${one.failed} of ${one.requests} requests failed`,
  );
}

/** `--rounds 3 --way ours` */
function options() {
  const value = (flag: string) => {
    const at = process.argv.indexOf(flag);
    return at === -1 ? undefined : process.argv[at + 1];
  };
  const rounds = Number(value('--rounds') ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`'--rounds' must be a number from 1, got: ${value('--rounds')}`);
  }
  const name = value('--way');
  const wanted = ways.filter((way) => name === undefined || way.name === name);
  if (wanted.length === 0) {
    throw new Error(`'--way' must be one of ${ways.map((way) => way.name).join(', ')}, got: ${name}`);
  }
  return { rounds, wanted };
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
