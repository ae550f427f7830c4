/** Entry points of a package, by the name of what they become. */
export interface Bundles {
  readonly lambdas?: Record<string, string>;
  readonly bins?: Record<string, string>;
}

/**
 * The esbuild commands that turn `runtime/` into self-contained files below `assets/`: a Lambda into `<name>/index.js`, a tool into `bin/<name>.js`.
 *
 * Beside them `THIRD-PARTY.txt`, the licences of the code of others in them.
 *
 * Bundled, because `npm pack` silently drops hoisted `bundleDependencies`, and because a cold start of one small file is short.
 */
export function bundleCommand({ lambdas = {}, bins = {} }: Bundles): string {
  const entries = (record: Record<string, string>, toOutput: (name: string) => string) =>
    Object.entries(record).map(([name, file]) => `${toOutput(name)}=${file}`);
  const common =
    '--bundle --platform=node --minify --keep-names --legal-comments=none --outdir=assets --log-level=warning';
  const commands = [
    Object.keys(lambdas).length &&
      [
        'esbuild',
        ...entries(lambdas, (name) => `${name}/index`),
        common,
        '--target=node22',
        '--metafile=assets/lambdas.json',
      ].join(' '),
    Object.keys(bins).length &&
      [
        'esbuild',
        ...entries(bins, (name) => `bin/${name}`),
        common,
        '--target=node20',
        '--metafile=assets/bins.json',
        "'--banner:js=#!/usr/bin/env node'",
      ].join(' '),
  ];
  const metafiles = [
    Object.keys(lambdas).length && 'assets/lambdas.json',
    Object.keys(bins).length && 'assets/bins.json',
  ];
  commands.push(['node', '../../scripts/third-party.mjs', ...metafiles.filter(Boolean)].join(' '));
  return commands.filter(Boolean).join(' && ');
}
