// @ts-check
/**
 * How long ecs-rollout takes to start, and how large it is, beside Node alone and the SDK client as npm installs it.
 *
 *   npm run bench -- rollout-cli
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROUNDS = 15;
const bin = fileURLToPath(new URL('../../packages/ecs-ec2-service/assets/bin/ecs-rollout.js', import.meta.url));
const load =
  "require('@aws-sdk/client-ecs'); require('@aws-sdk/client-cloudwatch-logs'); require('@aws-sdk/client-ssm')";
/** @type {Record<string, string[]>} */
const commands = {
  'ecs-rollout --help': [bin, '--help'],
  'node alone': ['-e', '0'],
  'the three SDK clients, not bundled': ['-e', load],
};

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: fileURLToPath(new URL('../../packages/ecs-ec2-service', import.meta.url)),
    });
    if (status !== 0) {
      throw new Error(`${name} failed: ${stderr}`);
    }
    times[name].push(performance.now() - began);
  }
}
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
  what: 'start-up of the tool (process start to exit) and size of its one file',
  rounds: ROUNDS,
  node: process.version,
  results,
};
writeFileSync(
  fileURLToPath(new URL('../results/rollout-cli.json', import.meta.url)),
  `${JSON.stringify(report, null, 2)}\n`,
);
console.table(results);
