/** `npm run docs:site` and `npm run docs:dev`. */
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages';
import { pagesFolder, restage, stage } from './stage';
import { root } from './tree';

const [command, ...options] = process.argv.slice(2);
if (command !== 'build' && command !== 'dev') {
  console.error(`The command must be build or dev, got: ${command ?? 'nothing'}`);
  process.exit(2);
}
stage();
const site = join(root, 'docs', 'site');
const vitepress = join(root, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
if (command === 'dev') {
  // VitePress runs in a process of its own, so this one stays free to copy what is saved.
  for (const { source } of pages()) {
    watch(join(root, source), () => restage(source));
  }
  spawn(process.execPath, [vitepress, 'dev', site, ...options], { stdio: 'inherit' }).on('exit', (code) =>
    process.exit(code ?? 1),
  );
} else {
  const { status } = spawnSync(process.execPath, [vitepress, 'build', site, ...options], { stdio: 'inherit' });
  if (status === 0) {
    console.log(`The site is in ${join(site, 'dist')}, made from ${pages().length + 1} pages in ${pagesFolder}.`);
  }
  process.exit(status ?? 1);
}
