// @ts-check
/**
 * `node scripts/third-party.mjs META...`, in a package: writes `assets/THIRD-PARTY.txt`, the licences of the code of others
 * that esbuild put into its bundles, from the metafiles that it left.
 *
 * Fails when a licence is not one that lets the code be passed on like this.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Ask for the notice to be kept, and nothing else. */
const permissive = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
];

/**
 * Folders of the packages whose files are in the bundles.
 *
 * @param {{ outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> }[]} metafiles
 * @returns {string[]}
 */
export function bundledFolders(metafiles) {
  const files = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * One package's part of the file.
 *
 * @param {string} folder
 * @returns {string}
 */
export function notice(folder) {
  const { name, version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isPermissive(license)) {
    throw new Error(`the licence of '${name}' must be one of ${permissive.join(', ')}, got: ${license}`);
  }
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  // Some publish without the text, which then stands in their repository only.
  const source = `It comes without a text of its licence. Its source: ${repository?.url ?? repository ?? 'not told'}`;
  return [`${name} ${version} (${license})`, ...(texts.length > 0 ? texts : [source])].join('\n\n');
}

/** @param {unknown} license an SPDX expression */
function isPermissive(license) {
  const words = String(license).replace(/[()]/g, '');
  return words.split(' OR ').some((choice) => choice.split(' AND ').every((one) => permissive.includes(one)));
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const paths = process.argv.slice(2);
  const folders = bundledFolders(paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))));
  const head = folders.length
    ? 'The bundles in this folder contain code of these packages, under these licences.'
    : 'The bundles in this folder contain no code of other packages.';
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  // Two copies of a package may be bundled in the same version.
  writeFileSync('assets/THIRD-PARTY.txt', `${[head, ...new Set(folders.map(notice))].join(line)}\n`);
  for (const path of paths) {
    rmSync(path);
  }
}
