import { type OwnRegistry, startRegistry } from '../registry';
import { VARIABLE } from './shared-registry';

/** Whoever stops it runs in the same process. */
export const running = globalThis as { consumersRegistry?: OwnRegistry };

/** jest's globalSetup. */
export default async function start(): Promise<void> {
  const registry = await startRegistry();
  const { url, userconfig, tarballs } = registry;
  running.consumersRegistry = registry;
  process.env[VARIABLE] = JSON.stringify({ url, userconfig, tarballs });
}
