// Starts a command of this repository on a machine that has nothing but Node.js and Python: installs the Node packages
// of package-lock.json when they are missing, and hands over.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = read('package.json').engines.node.replace(/[^\d.]/g, '');
const [have, want] = [process.versions.node, wanted].map((version) => version.split('.').map(Number));
if (have[0] < want[0] || (have[0] === want[0] && have[1] < want[1])) {
  console.error(
    `Node.js ${wanted} or newer is needed, this is ${process.versions.node}: install it from https://nodejs.org.`,
  );
  process.exit(2);
}

if (!hasLockedPackages()) {
  console.log('> Installing Node packages (once, about a minute)');
  const hasLock = existsSync(join(root, 'package-lock.json'));
  const done = spawnSync('npm', [hasLock ? 'ci' : 'install', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error('The Node packages could not be installed: what npm says is above.');
    process.exit(1);
  }
}

const command = join(root, 'node_modules', '@paebbl', 'projen-viz-app', 'assets', 'bin', 'viz-app.js');
const child = spawn(process.execPath, [command, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl-C to both of us; a supervisor sends SIGTERM to this process alone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});

/** Whether node_modules holds what the lock file says, by npm's own record of what it installed. */
function hasLockedPackages() {
  const record = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, record)) || !existsSync(join(root, 'package-lock.json'))) {
    return false;
  }
  const installed = read(record).packages;
  return Object.entries(read('package-lock.json').packages).every(
    // Optional packages may be for other platforms.
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/** @param {string} path */
function read(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
