/**
 * What the front door costs: requests per second and latency of the bare app, of the app behind a plain reverse proxy
 * (httpxy), and of the app behind viz-preview, on a public path and signed in. All of them in every round, one after
 * the other, so that a noisy minute of the machine hits each of them.
 *
 *   npm run bench -- front-door [--rounds N] [--seconds N]
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { signIn } from './sign-in.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, seconds: { type: 'string', default: '3' } },
});
const round = (number) => Number(number.toPrecision(3));
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const loadAtStart = round(loadavg()[0]);
const started = [];

/** Starts a program and waits until its output matches. */
function start(args, pattern, env = {}) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = pattern.exec(output);
      if (match) {
        resolve(match);
      }
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

async function measure({ url, headers }) {
  const run = async (connections) => {
    const result = await autocannon({ url, headers, connections, duration: seconds });
    if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
      throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
    }
    return result;
  };
  const one = await run(1);
  const twenty = await run(20);
  return {
    requestsPerSecond: twenty.requests.average,
    // autocannon's latencies are whole milliseconds; with one connection the rate tells them exactly.
    latencyMsOneConnection: 1000 / one.requests.average,
    p99Ms20Connections: twenty.latency.p99,
  };
}

try {
  const appPort = await freePort();
  const bare = `http://127.0.0.1:${appPort}`;
  await start([join(here, 'app', 'server.mjs'), '--bind', `127.0.0.1:${appPort}`], /listening/);
  const peerPort = await freePort();
  await start([join(here, 'peer-proxy.mjs'), bare, String(peerPort)], /listening/);
  const person = { email: 'colleague@example.com', password: 'benchmark' };
  const fixtures = join(root, 'packages', 'preview', 'test', 'fixtures');
  const [, door] = await start(
    [
      join(root, 'packages', 'preview', 'assets', 'bin', 'viz-preview.js'),
      ...['--app', join(fixtures, 'assembly'), '--stack', 'FixtureViz', '--context', join(here, 'app')],
      ...['--engine', 'process', '--port', '0'],
    ],
    /^Ready: (\S+)$/m,
    { VIZ_PREVIEW_PASSWORD: person.password },
  );
  const cookie = await signIn(door, person);
  const subjects = {
    'bare app': { url: `${bare}/public/rows` },
    'plain reverse proxy (httpxy)': { url: `http://127.0.0.1:${peerPort}/public/rows` },
    'viz-preview, public path': { url: `${door.replace('localhost', '127.0.0.1')}/public/rows` },
    'viz-preview, signed in': { url: `${door.replace('localhost', '127.0.0.1')}/rows`, headers: { cookie } },
  };

  const all = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let index = 0; index <= rounds; index++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const result = await measure(subject);
      // The first round only warms up.
      if (index > 0) {
        all[name].push(result);
      }
    }
  }

  const bareRuns = all['bare app'];
  const results = Object.entries(all).map(([name, runs]) => ({
    name,
    requestsPerSecond: round(median(runs.map((run) => run.requestsPerSecond))),
    ratioToBare: round(median(runs.map((run, index) => run.requestsPerSecond / bareRuns[index].requestsPerSecond))),
    latencyMsOneConnection: round(median(runs.map((run) => run.latencyMsOneConnection))),
    addedMs: round(
      median(runs.map((run, index) => run.latencyMsOneConnection - bareRuns[index].latencyMsOneConnection)),
    ),
    p99Ms20Connections: round(median(runs.map((run) => run.p99Ms20Connections))),
    spread: {
      lowestRequestsPerSecond: round(Math.min(...runs.map((run) => run.requestsPerSecond))),
      highestRequestsPerSecond: round(Math.max(...runs.map((run) => run.requestsPerSecond))),
    },
  }));
  const report = {
    benchmark: 'front-door',
    what: 'medians of interleaved rounds; requestsPerSecond with 20 connections, latency with one',
    rounds,
    secondsEach: seconds,
    node: process.version,
    cores: cpus().length,
    // More than the cores: others were at work, and only the ratios say something.
    loadAverageAtStart: loadAtStart,
    results,
  };
  mkdirSync(join(here, '..', 'results'), { recursive: true });
  writeFileSync(join(here, '..', 'results', 'front-door.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.table(Object.fromEntries(results.map(({ name, spread: _spread, ...rest }) => [name, rest])));
} finally {
  for (const child of started) {
    child.kill('SIGTERM');
  }
}
