import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Page, pages } from './pages';
import { repositoryUrl, root } from './tree';

/** Where a link or an image of a page leads to on the site. */
export interface Links {
  /**
   * @param source path of the Markdown file, from the root of the repository
   * @param href the link as it is written there
   * @throws Error that names the link, when it leads to nothing
   */
  link(source: string, href: string): string;
  /** The same for an image: the file that must be copied, and its address. */
  image(source: string, href: string): { file: string; address: string } | undefined;
}

/** Links are written so that they work on GitHub, from file to file: the site has other addresses. */
export function linksOf(all: Page[] = pages()): Links {
  const bySource = new Map(all.map((page) => [page.source, page]));
  return {
    link(source, href) {
      const target = fileOf(source, href);
      if (!target) {
        return href;
      }
      const { file, hash } = target;
      const page = bySource.get(file) ?? bySource.get(posix.join(file, 'README.md'));
      if (page) {
        return `/${page.path.replace(/(^|\/)index$/, '$1')}${hash}`;
      }
      const kind = statSync(join(root, file)).isDirectory() ? 'tree' : 'blob';
      return `${repositoryUrl}/${kind}/main/${file}${hash}`;
    },
    image(source, href) {
      const target = fileOf(source, href);
      return target && { file: target.file, address: `/${target.file}` };
    },
  };
}

/** The file of the repository that a link leads to, unless it leads elsewhere. */
function fileOf(source: string, href: string): { file: string; hash: string } | undefined {
  if (/^([a-z]+:|#|\/)/i.test(href)) {
    return undefined;
  }
  const [path, hash = ''] = href.split(/(?=#)/);
  const file = posix.normalize(posix.join(posix.dirname(source), decodeURI(path))).replace(/\/$/, '');
  if (!existsSync(join(root, file))) {
    throw new Error(`A link must lead to a file of the repository, got: ${href} in ${source}`);
  }
  return { file, hash };
}
