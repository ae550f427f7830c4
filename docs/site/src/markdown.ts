import type MarkdownIt from 'markdown-it';
import { linksOf } from './links';
import { pages } from './pages';

/** What VitePress tells about the page that is rendered. */
interface Environment {
  relativePath?: string;
}

type Token = MarkdownIt.Token;

/**
 * Teaches VitePress's Markdown two things that GitHub does by itself: links from file to file, and diagrams.
 *
 * @throws Error while a page is rendered, when one of its links leads to nothing
 */
export function repositoryLinks(md: MarkdownIt): void {
  const all = pages();
  const links = linksOf(all);
  const sourceOf = new Map(all.map(({ path, source }) => [`${path}.md`, source]));
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const source = sourceOf.get((env as Environment).relativePath ?? '');
    if (!source) {
      return;
    }
    for (const token of tokens.flatMap((token: Token) => token.children ?? [])) {
      if (token.type === 'link_open') {
        token.attrSet('href', links.link(source, token.attrGet('href') ?? ''));
      } else if (token.type === 'image') {
        token.attrSet('src', links.image(source, token.attrGet('src') ?? '')?.address ?? token.attrGet('src') ?? '');
      }
    }
  });
  drawDiagrams(md);
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** ```` ```mermaid ```` becomes the component that draws it. */
function drawDiagrams(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence!;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    return info.trim() === 'mermaid'
      ? `<Diagram text="${encodeURIComponent(content)}" />\n`
      : fence(tokens, index, ...rest);
  };
}
