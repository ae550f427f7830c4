import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Engine } from '../../apps/paebbl-viz/e2e/src/engine';

const BRIDGE = 'paebbl-host0';
const ADDRESS = '172.31.251.1/24';

/**
 * The host that tasks run on: an engine of its own, with nothing in it, so that it really pulls what was pushed. Its containers
 * have addresses of their own, as tasks with awsvpc networking have.
 */
export async function startHost(): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  const home = mkdtempSync('/var/tmp/paebbl-host-');
  const socket = `unix://${join(home, 'docker.sock')}`;
  const addBridge = () => ip('link', 'add', 'name', BRIDGE, 'type', 'bridge');
  const removeBridge = () => ip('link', 'delete', BRIDGE);
  try {
    addBridge();
  } catch {
    // A run that was killed left it.
    removeBridge();
    addBridge();
  }
  ip('address', 'add', ADDRESS, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
  const log = openSync(join(home, 'dockerd.log'), 'w');
  const folders = [
    '--data-root',
    join(home, 'docker'),
    '--exec-root',
    join(home, 'exec'),
    '--pidfile',
    join(home, 'pid'),
  ];
  // Rules of the packet filter belong to the engine that runs beside this one.
  const network = ['--bridge', BRIDGE, '--iptables=false', '--ip6tables=false', '--ip-masq=false'];
  const child = spawn('dockerd', [...folders, '--host', socket, ...network], { stdio: ['ignore', log, log] });
  const engine: Engine = { client: '/usr/bin/docker', env: { ...process.env, DOCKER_HOST: socket } };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    removeBridge();
    rmSync(home, { recursive: true, force: true });
  };
  for (let tries = 0; !(await answers(engine)); tries++) {
    if (tries === 150 || child.exitCode !== null) {
      const words = readFileSync(join(home, 'dockerd.log'), 'utf8').slice(-2_000);
      await stop();
      throw new Error(`The host's engine does not start (this needs root and Debian's docker.io): ${words}`);
    }
    await sleep(200);
  }
  return { engine, stop };
}

/** A registry with nothing in it. */
export async function startRegistry(): Promise<{ address: string; stop: () => Promise<void> }> {
  const home = mkdtempSync('/var/tmp/paebbl-registry-');
  const address = `127.0.0.1:${await freePort()}`;
  const config = join(home, 'registry.yml');
  const storage = `storage: { filesystem: { rootdirectory: ${home}/blobs } }`;
  writeFileSync(config, `version: 0.1\nlog: { level: error }\n${storage}\nhttp: { addr: '${address}' }\n`);
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const stop = async () => {
    child.kill();
    await once(child, 'exit');
    rmSync(home, { recursive: true, force: true });
  };
  for (
    let tries = 0;
    !(await fetch(`http://${address}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    ));
    tries++
  ) {
    if (tries === 150) {
      await stop();
      throw new Error("The registry does not start: is Debian's docker-registry installed (.ci/packages)?");
    }
    await sleep(100);
  }
  return { address, stop };
}

async function answers(engine: Engine): Promise<boolean> {
  return docker(engine, 'info').then(
    () => true,
    () => false,
  );
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
