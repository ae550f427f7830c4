/**
 * `npm run verify:consumers`: another team, in five languages, from packed packages, each in an empty folder.
 *
 * Prints a row per language and ends with one line, `N passed, M failed`. A language whose tools are not on the machine is
 * skipped with a sentence, and fails where `CI` is set.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateBindings } from './bindings';
import { go } from './languages/go';
import { java } from './languages/java';
import type { Language, Packages } from './languages/language';
import { javascript, typescript } from './languages/node';
import { python } from './languages/python';
import { startRegistry } from './registry';
import { run } from './run';
import { cdkVersions } from './versions';
import { constructPackages, root } from './workspace';

const languages: Language[] = [javascript, typescript, python, java, go];
const stacks = ['PaebblPipeline', 'PaebblViz'];

interface Row {
  readonly language: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly cdk?: string;
  readonly note?: string;
}

async function verify(wanted: string[]): Promise<Row[]> {
  const work = mkdtempSync(join(tmpdir(), 'paebbl-consumers-'));
  const registry = await startRegistry();
  try {
    const packages: Packages = {
      registry,
      bindings: await generateBindings(join(work, 'bindings'), constructPackages()),
      cdkVersions: await cdkVersions(),
    };
    const rows: Row[] = [];
    // The first synthesizes what the others must equal, so it always runs.
    let expected: string[] | undefined;
    for (const language of languages.filter(({ name }, index) => index === 0 || isWanted(name, wanted))) {
      const started = Date.now();
      const { templates, ...row } = await verifyLanguage(language, packages, join(work, language.name), expected);
      expected ??= templates;
      rows.push(row);
      console.log(line(row, `${Math.round((Date.now() - started) / 1000)} s`));
    }
    rows.push(await dotnet(packages));
    return rows;
  } finally {
    await registry.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function verifyLanguage(
  { name, toolchain, synth }: Language,
  packages: Packages,
  folder: string,
  expected?: string[],
): Promise<Row & { templates?: string[] }> {
  const missing = await missingTool(toolchain);
  if (missing) {
    const note = `'${missing}' is not on this machine: install it to verify ${name}.`;
    return { language: name, verdict: process.env.CI ? 'failed' : 'skipped', note };
  }
  mkdirSync(folder);
  try {
    const { assembly, cdkVersion } = await synth(packages, folder, synthEnvironment(folder));
    const templates = stacks.map((stack) => readFileSync(join(assembly, `${stack}.template.json`), 'utf8'));
    const different = stacks.filter((_stack, index) => expected && templates[index] !== expected[index]);
    return different.length === 0
      ? {
          language: name,
          verdict: 'passed',
          cdk: cdkVersion,
          note: expected ? 'the same templates' : 'what the others must equal',
          templates,
        }
      : {
          language: name,
          verdict: 'failed',
          cdk: cdkVersion,
          note: `other templates: ${different.join(', ')}`,
          templates,
        };
  } catch (error) {
    return { language: name, verdict: 'failed', note: (error as Error).message };
  }
}

/** What the CDK's command-line tool would tell the program: where to leave templates, and today's behaviour. */
function synthEnvironment(folder: string): NodeJS.ProcessEnv {
  const flags = readFileSync(join(root, 'node_modules/aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
  return {
    ...process.env,
    CDK_OUTDIR: join(folder, 'cdk.out'),
    CDK_CONTEXT_JSON: JSON.stringify(JSON.parse(flags)),
    // One team's Node may be older than those that jsii names; that is not what is verified here.
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
  };
}

/** .NET is generated everywhere, and packed where its tools are. */
async function dotnet({ bindings }: Packages): Promise<Row> {
  const folders = bindings.packages.map((pkg) => bindings.of('dotnet', pkg));
  const language = '.NET';
  if (folders.some((folder) => !existsSync(folder))) {
    return { language, verdict: 'failed', note: 'a package has no generated code' };
  }
  if (await missingTool([['dotnet', '--version']])) {
    return { language, verdict: 'skipped', note: "generated; 'dotnet' is not on this machine, so it was not packed." };
  }
  try {
    for (const folder of folders) {
      await run('dotnet', ['pack', '--nologo'], { cwd: folder });
    }
    return { language, verdict: 'passed', note: 'packed' };
  } catch (error) {
    return { language, verdict: 'failed', note: (error as Error).message };
  }
}

async function missingTool(toolchain: Language['toolchain']): Promise<string | undefined> {
  for (const [program, ...args] of toolchain) {
    try {
      await run(program, args, { cwd: root });
    } catch {
      return [program, ...args].join(' ');
    }
  }
  return undefined;
}

const isWanted = (name: string, wanted: string[]) => wanted.length === 0 || wanted.includes(name.toLowerCase());

function line({ language, verdict, cdk, note }: Row, time = ''): string {
  return [
    language.padEnd(11),
    verdict.padEnd(8),
    (cdk ? `aws-cdk-lib ${cdk}` : '').padEnd(20),
    time.padEnd(6),
    note,
  ].join(' ');
}

verify(process.argv.slice(2).map((name) => name.toLowerCase())).then(
  (rows) => {
    console.log(`\n${rows.map((row) => line(row)).join('\n')}\n`);
    const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
    const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
    console.log(`${count('passed')} passed, ${count('failed')} failed${skipped}`);
    process.exitCode = count('failed') > 0 ? 1 : 0;
  },
  (error: Error) => {
    console.error(`${error.message}\n0 passed, 1 failed`);
    process.exitCode = 1;
  },
);
