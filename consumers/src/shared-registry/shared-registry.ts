import { connect, type Registry } from '../registry';

/** Where the address of the registry is handed to the test files. */
export const VARIABLE = 'PAEBBL_CONSUMERS_REGISTRY';

/**
 * The registry that runs while the tests run, with every package of this tree, packed once.
 *
 * @throws Error outside of jest, which starts it
 */
export function sharedRegistry(): Registry {
  const address = process.env[VARIABLE];
  if (!address) {
    throw new Error(`'${VARIABLE}' must be set by jest's globalSetup, got: nothing`);
  }
  return connect(JSON.parse(address));
}
