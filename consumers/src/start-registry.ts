/**
 * `npx tsx consumers/src/start-registry.ts`: the packages of this tree, in a registry on this machine, until Ctrl+C.
 */
import { startRegistry } from './registry';

startRegistry().then(
  ({ url, npmrc, tarballs, close }) => {
    console.log(`${tarballs.map(({ name, version }) => `${name}@${version}`).join('\n')}\nRegistry: ${url}`);
    console.log(`Put this into the .npmrc of an empty folder:\n${npmrc}`);
    process.once('SIGINT', () => void close());
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
