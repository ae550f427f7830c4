// @ts-check
/**
 * Which tools of other languages are on this machine, a line each. nx reads it: what was skipped without a tool is run once it
 * is there.
 */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);

for (const program of ['python3', 'javac', 'mvn', 'go', 'dotnet']) {
  const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
  // Behind a link such as /usr/bin/javac stands a path with the version in it.
  console.log(`${program} ${found ? realpathSync(found) : 'none'}`);
}
