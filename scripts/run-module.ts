import { spawnSync } from 'node:child_process';

/** Runs the text of an ES module in a process of its own, because jest does not load ES modules. */
export function runModule(text: string) {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' });
}
