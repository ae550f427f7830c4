/**
 * Makes what is in paebbl_viz/static/vendor/:
 *
 * - the small plotting bundle: Plotly with the traces that dashboards use most, a quarter of the full bundle's size;
 * - the full one for every other trace, compressed only.  It is the library's 'strict' bundle: that of the plotly wheel
 *   compiles code for WebGL in the browser, which a strict Content-Security-Policy forbids;
 * - the style sheet as a file, because such a policy allows no inline styles;
 * - the coarse maps for traces on a globe, which the library would fetch from its maker's host.
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
const INLINE = '.attr("style",';
const script = Buffer.from(banner + withoutInlineStyles(outputFiles[0].text));
const strict = Buffer.from(
  withoutStyleOfMaps(withoutInlineStyles(readFileSync(join(source, 'dist/plotly-strict.min.js'), 'utf8'))),
);

/**
 * Maps of tiles, whose style sheet would be inserted into every page, cannot be shown: tiles come from other hosts.
 *
 * @param {string} text
 */
function withoutStyleOfMaps(text) {
  const asksForStyle = /if\(!document\.getElementById\("[0-9a-f]{64}"\)\)(?=\{[^}]{1,400}\.maplibregl-map)/g;
  if (text.match(asksForStyle)?.length !== 1) {
    throw new Error('plotly.js inserts the style sheet of maplibre-gl in another way: look at this replacement');
  }
  return text.replace(asksForStyle, 'if(!1)');
}

/** @param {string} text */
function withoutInlineStyles(text) {
  if (!text.includes(INLINE)) {
    throw new Error('plotly.js sets no style as an attribute any more: this replacement can go');
  }
  return text.replaceAll(INLINE, '.property("style",');
}

/** @param {Buffer} content */
function compressed(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

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
writeFileSync(join(vendor, 'plotly-lean.min.js.br'), compressed(script));
writeFileSync(join(vendor, 'plotly-strict.min.js.br'), compressed(strict));
writeFileSync(join(vendor, 'plotly.css'), `/* plotly.js ${version}: the rules of build/plotcss.js. */\n${styles}\n`);
writeFileSync(join(vendor, 'LICENSE'), readFileSync(join(source, 'LICENSE')));

// The script leaves its maps in a global: here in one of their own.
const globals = {};
globals.window = globals.self = globals;
runInNewContext(readFileSync(join(source, 'dist/plotly-geo-assets.js'), 'utf8'), globals);
const { topojson } = globals.Plotly;
mkdirSync(join(vendor, 'topojson'), { recursive: true });
for (const [name, map] of Object.entries(topojson).filter(([name]) => name.endsWith('_110m'))) {
  writeFileSync(join(vendor, 'topojson', `${name}.json`), JSON.stringify(map));
}
console.log(`plotly.js ${version}: ${script.length} and ${strict.length} bytes`);
