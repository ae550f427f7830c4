/**
 * Makes the small plotting bundle in paebbl_viz/static/vendor/: Plotly with the traces that dashboards use most,
 * a quarter of the full bundle's size, and its style sheet as a file (a strict Content-Security-Policy allows no
 * inline styles).  A figure with another trace gets the full bundle from the plotly wheel.
 *
 *   npm install --prefix /tmp/plotly-bundle --ignore-scripts plotly.js@<the version inside the plotly wheel>
 *   node scripts/make-plotly-bundle.mjs /tmp/plotly-bundle
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, constants } from 'node:zlib';

const installed = process.argv[2];
if (!installed) {
  console.error("'directory' must be a folder in which plotly.js is installed, got: nothing");
  process.exit(2);
}
const { buildSync } = createRequire(join(import.meta.dirname, '../../../../package.json'))('esbuild');
const source = join(installed, 'node_modules/plotly.js');
const vendor = join(import.meta.dirname, '../paebbl_viz/static/vendor');
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const traces = ['bar', 'box', 'heatmap', 'histogram'];

const entry = [
  "const Plotly = require('plotly.js/lib/core');",
  `Plotly.register([${traces.map((trace) => `require('plotly.js/lib/${trace}')`).join(', ')}]);`,
  'module.exports = Plotly;',
].join('\n');
const { outputFiles } = buildSync({
  stdin: { contents: entry, resolveDir: installed, loader: 'js' },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  globalName: 'Plotly',
  target: 'es2020',
  define: { global: 'window' },
  loader: { '.css': 'empty' },
  legalComments: 'none',
});
const banner = `/* plotly.js ${version} (scatter, ${traces.join(', ')}). Copyright Plotly, Inc. MIT licence: see LICENSE. */\n`;
// A style that is set as an attribute is refused by a strict Content-Security-Policy, the same as a property is not.
const inline = /\.attr\("style",/g;
if (!inline.test(outputFiles[0].text)) {
  throw new Error('plotly.js sets no style as an attribute any more: this replacement can go');
}
const script = Buffer.from(banner + outputFiles[0].text.replace(inline, '.property("style",'));

// The same rules that the library would insert as an inline style, for every plot on the page.
const rules = readFileSync(join(source, 'build/plotcss.js'), 'utf8').match(/var rules = (\{[\s\S]*?\n\});/)[1];
const styles = Object.entries(runInNewContext(`(${rules})`))
  .map(([selector, body]) => {
    const full = selector
      .replace(/^,/, ' ,')
      .replace(/X/g, '.js-plotly-plot .plotly')
      .replace(/Y/g, '.plotly-notifier');
    return `${full} { ${body} }`;
  })
  .join('\n');

mkdirSync(vendor, { recursive: true });
writeFileSync(join(vendor, 'plotly-lean.min.js'), script);
writeFileSync(
  join(vendor, 'plotly-lean.min.js.br'),
  brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }),
);
writeFileSync(join(vendor, 'plotly.css'), `/* plotly.js ${version}: the rules of build/plotcss.js. */\n${styles}\n`);
writeFileSync(join(vendor, 'LICENSE'), readFileSync(join(source, 'LICENSE')));
console.log(`plotly.js ${version}: ${script.length} bytes`);
