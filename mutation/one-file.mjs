// @ts-check
/**
 * Libraries of hundreds of files as one file each: every test file loads them anew, for every change, and finding and
 * opening the files takes longer than running them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Jest's `moduleNameMapper` for these libraries, which it bundles first.
 *
 * @param {string[]} libraries
 * @returns {Record<string, string>}
 */
export function oneFileEach(libraries) {
  const folder = join(root, 'node_modules', '.cache', 'mutation');
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    libraries.map((library) => {
      const outfile = join(folder, `${library.replaceAll('/', '-')}.cjs`);
      const stdin = { contents: `module.exports = require('${library}');`, resolveDir: root };
      buildSync({ stdin, outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
      return [`^${library}$`, outfile];
    }),
  );
}
