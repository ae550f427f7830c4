import { running } from './start';

/** jest's globalTeardown. */
export default async function stop(): Promise<void> {
  await running.consumersRegistry?.close();
}
