import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem';

/** What `vizApp` in the repository's package.json says. */
export interface Settings {
  /** Root of the repository. */
  readonly root: string;
  /** Folder of the Python app. */
  readonly app: string;
  /** Name of the stack with the load balancer. */
  readonly stack: string;
  /** Who signs in at `npm start`. */
  readonly email: string;
}

/** @throws Problem when the folder is no repository of `VizApp` */
export function readSettings(root: string): Settings {
  const path = join(root, 'package.json');
  const { vizApp } = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  if (!vizApp?.app || !vizApp.stack || !vizApp.email) {
    throw new Problem(`'vizApp' must be in ${path}: run "npx projen" in a repository of VizApp.`);
  }
  return { root, stack: vizApp.stack, email: vizApp.email, app: join(root, vizApp.app) };
}
