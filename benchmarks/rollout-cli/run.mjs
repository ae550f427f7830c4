// @ts-check
/**
 * How long ecs-rollout takes to start, and how large it is, beside Node alone and the SDK client as npm installs it.
 *
 * `--help` loads no SDK, `status` does: it is timed until its first call arrives at a server of this process.
 *
 *   npm run bench -- rollout-cli
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROUNDS = 15;
const bin = fileURLToPath(new URL('../../packages/ecs-ec2-service/assets/bin/ecs-rollout.js', import.meta.url));
const load =
  "require('@aws-sdk/client-ecs'); require('@aws-sdk/client-cloudwatch-logs'); require('@aws-sdk/client-ssm')";
/** @type {Record<string, { args: string[]; untilFirstCall?: boolean }>} */
const commands = {
  'ecs-rollout --help': { args: [bin, '--help'] },
  'ecs-rollout status, until its first call': {
    args: [bin, 'status', '--cluster', 'none', '--service', 'none'],
    untilFirstCall: true,
  },
  'node alone': { args: ['-e', '0'] },
  'the three SDK clients, not bundled': { args: ['-e', load] },
};

/** @type {number | undefined} */
let calledAt;
const server = createServer((_request, response) => {
  calledAt ??= performance.now();
  // What ECS answers for a cluster that there is not: it ends the run.
  const headers = { 'content-type': 'application/x-amz-json-1.1', connection: 'close' };
  response
    .writeHead(400, headers)
    .end(JSON.stringify({ __type: 'ClusterNotFoundException', message: 'Cluster not found.' }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const env = {
  ...process.env,
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
};

/** @param {string} name @returns {Promise<number>} milliseconds */
async function time(name) {
  const { args, untilFirstCall } = commands[name];
  calledAt = undefined;
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../../packages/ecs-ec2-service', import.meta.url)),
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== (untilFirstCall ? 2 : 0) || (untilFirstCall && calledAt === undefined)) {
    throw new Error(`${name} failed: ${errors}`);
  }
  return (untilFirstCall ? /** @type {number} */ (/** @type {unknown} */ (calledAt)) : performance.now()) - began;
}

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const name of Object.keys(commands)) {
    times[name].push(await time(name));
  }
}
server.close();
const size = statSync(bin).size;
const results = Object.entries(times).map(([name, values]) => ({
  name,
  medianMs: Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]),
  ...(name.startsWith('ecs-rollout')
    ? { kilobytes: Math.round(size / 1024), gzippedKilobytes: Math.round(gzipSync(readFileSync(bin)).length / 1024) }
    : {}),
}));
const report = {
  benchmark: 'rollout-cli',
  what: 'start-up of the tool (process start to exit, or to its first call of AWS) and size of its one file',
  rounds: ROUNDS,
  node: process.version,
  results,
};
writeFileSync(
  fileURLToPath(new URL('../results/rollout-cli.json', import.meta.url)),
  `${JSON.stringify(report, null, 2)}\n`,
);
console.table(results);
