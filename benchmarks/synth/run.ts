/**
 * The dashboard's stacks, ours against the same resources written by hand and against aws-ecs-patterns: what a user
 * writes, what comes out, and how long the synthesis takes.
 *
 *   npm run bench -- synth
 *
 * Time is processor time, in a fresh process each, in turns: on a busy machine the clock on the wall says little.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeReport } from '../write-report';

const ROUNDS = 7;
const infra = '../../apps/paebbl-viz/infra';
const at = (path: string) => join(__dirname, path);

interface Measured {
  readonly cpuMs: number;
  readonly resources: number;
  readonly templateBytes: number;
  readonly findings?: number;
}

/** What a user writes. `config.ts` and `data-bucket.ts` are the app's own and the same for the first two. */
const variants = {
  ours: {
    name: 'ours',
    files: ['app', 'paebbl-pipeline-stack', 'paebbl-viz-stack'].map((file) => `${infra}/${file}.ts`),
  },
  byHand: {
    name: 'by hand on aws-cdk-lib',
    files: ['app', 'service', 'sign-in', 'notifications'].map((file) => `peers/by-hand/${file}.ts`),
  },
  ecsPatterns: { name: 'aws-ecs-patterns (no sign-in, no Slack)', files: ['peers/ecs-patterns.ts'] },
};
type Variant = keyof typeof variants;

const { context } = JSON.parse(readFileSync(at(`${infra}/cdk.json`), 'utf8'));
const env = { ...process.env, SYNTH_CONTEXT: JSON.stringify(context) };

function measure(variant: Variant, ...args: string[]): Measured {
  const done = spawnSync(process.execPath, ['--import', 'tsx', at('measure.ts'), variant, ...args], {
    env,
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    throw new Error(`${variant} could not be synthesized: ${done.stderr}`);
  }
  return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
}

function linesOf(files: string[]): number {
  const lines = files.flatMap((file) => readFileSync(at(file), 'utf8').split('\n'));
  return lines.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const keys = Object.keys(variants) as Variant[];
const times: Record<Variant, number[]> = { ours: [], byHand: [], ecsPatterns: [] };
for (let round = 0; round < ROUNDS; round++) {
  // Who comes first changes, so that nobody always has the warmer disk.
  for (const key of round % 2 ? [...keys].reverse() : keys) {
    times[key].push(measure(key).cpuMs);
  }
  console.error(`round ${round + 1} of ${ROUNDS}`);
}
const outcomes = Object.fromEntries(keys.map((key) => [key, measure(key, 'nag')])) as Record<Variant, Measured>;
const results = keys.map((key) => {
  const { resources, templateBytes, findings } = outcomes[key];
  // A round is one moment of the machine: the ratio is taken within it.
  const ratios = times[key].map((time, round) => time / times.byHand[round]);
  return {
    name: variants[key].name,
    linesOfUserCode: linesOf(variants[key].files),
    resources,
    templateKB: Math.round(templateBytes / 1000),
    synthRatioToByHand: Number(median(ratios).toFixed(3)),
    perResourceRatio: Number(((median(ratios) * outcomes.byHand.resources) / resources).toFixed(2)),
    cdkNagFindings: findings,
    spread: { lowest: Math.min(...ratios).toFixed(2), highest: Math.max(...ratios).toFixed(2) },
  };
});

const report = {
  benchmark: 'synth',
  what: "the dashboard's two stacks: lines that a user writes, what comes out, processor time of the synthesis (medians of interleaved rounds in fresh processes, as ratios within a round), and what the AwsSolutions checks of cdk-nag find",
  rounds: ROUNDS,
  results,
};
writeReport(report);
console.table(results.map(({ spread, ...row }) => row));
