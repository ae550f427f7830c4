import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages } from './pages';
import { withTabs } from './tabs';
import { type Translations, translate, translatedPackages } from './translations';
import { read, repositoryUrl, root } from './tree';

/** Where VitePress finds the pages: copies, because they come from all over the repository. */
export const pagesFolder = join(root, 'docs', 'site', 'pages');

/** Writes the pages anew. Links are left to VitePress, see `.vitepress/config.mts`. */
export function stage(): void {
  rmSync(pagesFolder, { recursive: true, force: true });
  const translations = new Map(translatedPackages().map((workspace) => [workspace, translate(workspace)]));
  for (const { source, path } of pages()) {
    write(`${path}.md`, pageText(source, translations));
  }
  write('index.md', read('docs/site/home.md'));
  cpSync(join(root, 'docs', 'images'), join(pagesFolder, 'public', 'docs', 'images'), { recursive: true });
}

/** Writes one page anew, for a reader who is editing it. */
export function restage(source: string): void {
  const page = pages().find((page) => page.source === source);
  if (page) {
    const workspace = dirname(source);
    const translations = translatedPackages().includes(workspace) ? [[workspace, translate(workspace)] as const] : [];
    write(`${page.path}.md`, pageText(source, new Map(translations)));
  }
}

function pageText(source: string, translations: Map<string, Translations>): string {
  const text = withTabs(read(source), translations.get(dirname(source)) ?? new Map());
  const edit = `---\nedit: ${repositoryUrl}/edit/main/${source}\n---\n\n`;
  return edit + (source.endsWith('/API.md') ? withoutVue(text) : text);
}

/** jsii-docgen writes types such as `{{ [key]: T }}`, which Vue would take for an expression. */
function withoutVue(markdown: string): string {
  return `::: v-pre\n\n${markdown}\n\n:::\n`;
}

function write(path: string, text: string): void {
  const file = join(pagesFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
