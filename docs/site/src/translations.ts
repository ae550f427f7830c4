import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, root } from './tree';

/** A sample in other languages: what the tab is called, and the code. */
export interface Translation {
  readonly language: 'python' | 'java' | 'go' | 'csharp';
  readonly title: string;
  readonly code: string;
}

const LANGUAGES = [
  { language: 'python', title: 'Python' },
  { language: 'java', title: 'Java' },
  { language: 'go', title: 'Go' },
  { language: 'csharp', title: 'C#' },
] as const;

/** The part of a tablet of jsii-rosetta that matters here. `$` is the original. */
interface Tablet {
  snippets: Record<string, { didCompile?: boolean; translations: Record<string, { source: string }> }>;
}

/** Translations by the TypeScript that they were made from. */
export type Translations = Map<string, Translation[]>;

/** Packages that jsii translates. */
export function translatedPackages(): string[] {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  return workspaces.filter((workspace) => existsSync(join(root, workspace, '.jsii')));
}

/**
 * Compiles the samples of a package's README strictly, and translates them.
 *
 * What has not changed since the last time is neither compiled nor translated again.
 *
 * @param workspace folder of the package, which must have been built
 * @throws Error with the compiler's words, when a sample does not compile
 */
export function translate(workspace: string): Translations {
  const cache = join(root, 'docs', 'site', '.translations');
  mkdirSync(cache, { recursive: true });
  const tablet = join(cache, `${workspace.replace(/\W/g, '-')}.json`);
  const rosetta = join(root, 'node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta');
  const folder = join(root, workspace);
  const done = spawnSync(
    process.execPath,
    [rosetta, 'extract', '--strict', '--directory', folder, '--cache', tablet, '--trim-cache', folder],
    { encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' } },
  );
  if (done.status !== 0) {
    throw new Error(`Samples of ${workspace}/README.md must compile:\n${done.stdout}${done.stderr}`);
  }
  return translationsIn(JSON.parse(readFileSync(tablet, 'utf8')));
}

function translationsIn(tablet: Tablet): Translations {
  return new Map(
    Object.values(tablet.snippets).map(({ translations }) => [
      translations.$.source.trim(),
      LANGUAGES.map(({ language, title }) => ({ language, title, code: translations[language].source.trim() })),
    ]),
  );
}
