/** `npm run verify:consumers`: see the help below. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateBindings } from './bindings';
import { emptyCaches, usualCaches } from './caches';
import { languages } from './languages/all';
import { verifyDotnet } from './languages/dotnet';
import { startRegistry } from './registry';
import { consumerEnvironment, type Row, Verification } from './verification';
import { cdkVersions } from './versions';
import { constructPackages } from './workspace';

const names = languages.map(({ name }) => name.toLowerCase());

const help = `Usage: npm run verify:consumers -- [LANGUAGE...] [--empty-cache]

Another team, from packed packages: in an empty folder for each language the four constructs are installed, composed as the
dashboard does it, and synthesized. All languages must synthesize the same templates. .NET is packed, too.

  LANGUAGE       ${names.join(', ')} (default: all)
  --empty-cache  downloads everything anew, as on a machine that has never seen it
  --help         this text

A language whose tools are not on this machine is skipped with a sentence; where CI is set, that is a failure.
Exit codes: 0 all passed or were skipped, 1 one failed, 2 not understood.`;

async function verify(wanted: string[], emptyCache: boolean): Promise<Row[]> {
  const work = mkdtempSync(join(tmpdir(), 'paebbl-consumers-'));
  const caches = emptyCache ? emptyCaches(join(work, 'caches')) : usualCaches();
  const env = { ...consumerEnvironment(), ...caches.env };
  const registry = await startRegistry();
  try {
    const bindings = await generateBindings(join(work, 'bindings'), constructPackages());
    const packages = { registry, bindings, cdkVersions: await cdkVersions(), maven: caches.maven };
    const verification = new Verification(languages[0], packages, work, env);
    const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name.toLowerCase());
    const rows: Row[] = [];
    const add = async (row: Promise<Row>) => {
      const started = Date.now();
      rows.push(await row);
      console.log(line(rows[rows.length - 1], Math.round((Date.now() - started) / 1000)));
    };
    for (const language of languages.filter(({ name }) => isWanted(name))) {
      await add(verification.verify(language));
    }
    if (wanted.length === 0) {
      await add(verifyDotnet(bindings, env));
    }
    return rows;
  } finally {
    await registry.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function line({ language, verdict, cdk, note }: Row, seconds: number): string {
  const columns = [language.padEnd(11), verdict.padEnd(8), (cdk ? `aws-cdk-lib ${cdk}` : '').padEnd(20)];
  return [...columns, `${seconds} s`.padEnd(6), note].join(' ');
}

async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(help);
    return 0;
  }
  const wanted = args.filter((arg) => arg !== '--empty-cache').map((arg) => arg.toLowerCase());
  const unknown = wanted.find((arg) => !names.includes(arg));
  if (unknown !== undefined) {
    console.error(`'LANGUAGE' must be one of ${names.join(', ')}, got: ${unknown}`);
    return 2;
  }
  const rows = await verify(wanted, args.includes('--empty-cache'));
  const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  console.log(`${count('passed')} passed, ${count('failed')} failed${skipped}`);
  return count('failed') > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(`${error.message}\n0 passed, 1 failed`);
    process.exitCode = 1;
  },
);
