import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the repository. */
export const root = join(__dirname, '..', '..', '..');

/** A text of the repository, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Where people read the files that are no pages of the site. */
export const repositoryUrl: string = JSON.parse(read('packages/ecr-pipeline/package.json')).repository.url.replace(
  /^git\+|\.git$/g,
  '',
);

/** Names of the files of a folder with this ending, sorted. */
export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith(ending))
    .sort();
}
