import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const PACKAGE = join(__dirname, '..', '..', 'packages', 'slack-notify');
const CLIENTS = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-secrets-manager', '@aws-sdk/client-sqs'];
const VERSION = '3.1164.0';

/** A function that can be measured. */
export interface Subject {
  readonly name: string;
  readonly bundle: string;
  readonly bytes: number;
}

/** Ours, and the same source with the SDK's clients. */
export async function subjects(): Promise<Subject[]> {
  const folder = join(tmpdir(), `slack-notify-peers-${VERSION}`);
  if (!existsSync(join(folder, 'node_modules', '@aws-sdk', 'client-sqs'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const wanted = CLIENTS.map((client) => `${client}@^${VERSION}`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], { cwd: folder });
  }
  const ours = join(PACKAGE, 'assets', 'post-event', 'index.js');
  const unbundled = await bundle(join(folder, 'unbundled.js'), folder, ['@aws-sdk/*']);
  const bundled = await bundle(join(folder, 'bundled.js'), folder, []);
  return [
    subject('ours: signed requests, bundled', ours),
    subject('the same with the SDK, bundled', bundled),
    subject('the same with the SDK, unbundled', unbundled),
  ];
}

function subject(name: string, file: string): Subject {
  return { name, bundle: file, bytes: statSync(file).size };
}

async function bundle(outfile: string, folder: string, external: string[]): Promise<string> {
  await build({
    entryPoints: [join(PACKAGE, 'runtime', 'post-event', 'index.ts')],
    bundle: true,
    platform: 'node',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    target: 'node22',
    outfile,
    external,
    nodePaths: [join(folder, 'node_modules')],
    logLevel: 'error',
    plugins: [
      {
        name: 'sdk',
        setup: ({ onResolve }) => {
          onResolve({ filter: /aws\/call$/ }, () => ({ path: join(__dirname, 'sdk-call.ts') }));
        },
      },
    ],
  });
  return outfile;
}
