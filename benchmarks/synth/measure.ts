/** Synthesizes one of the variants once, in this process, and prints what it cost: see run.ts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { makeApp } from '../../apps/paebbl-viz/infra/app';
import { makeByHand } from './peers/by-hand/app';
import { makeEcsPatterns } from './peers/ecs-patterns';

process.env.CDK_VALIDATION = 'false';
const [variant, nag] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
const packages = join(__dirname, '../../packages');
const context = { ...(process.env.SYNTH_CONTEXT ? JSON.parse(process.env.SYNTH_CONTEXT) : {}) };
const make = {
  ours: () => makeApp({ outdir, context }),
  byHand: () => makeByHand(packages, { outdir, context }),
  ecsPatterns: () => makeEcsPatterns({ outdir, context }),
}[variant as 'ours'];

const before = process.cpuUsage();
const app = make();
const assembly = app.synth();
const { user, system } = process.cpuUsage(before);
const templates = assembly.stacks.map(({ template }) => template);
const findings = nag
  ? new AwsSolutionsChecks()
      .validateScope(app)
      .violations.reduce((sum, { violatingResources }) => sum + violatingResources.length, 0)
  : undefined;
rmSync(outdir, { recursive: true });
const resources = templates.reduce((sum, { Resources }) => sum + Object.keys(Resources).length, 0);
const templateBytes = templates.reduce((sum, template) => sum + JSON.stringify(template, null, 1).length, 0);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, resources, templateBytes, findings }));
