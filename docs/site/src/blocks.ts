import MarkdownIt from 'markdown-it';
import { pages } from './pages';
import { read } from './tree';

/** A block of code of a page. */
export interface Block {
  readonly source: string;
  /** What stands behind the three backticks, such as `ts compile`. */
  readonly info: string;
  readonly code: string;
}

const markdown = new MarkdownIt({ html: true });

/** Every block of code of every page that people wrote, except the API references. */
export function blocks(): Block[] {
  return written().flatMap(blocksOf);
}

/** Every block of code of a Markdown file. */
export function blocksOf(source: string): Block[] {
  return markdown
    .parse(read(source), {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content }) => ({ source, info: info.trim(), code: content }));
}

/** Paths of the pages that people wrote. */
export function written(): string[] {
  return [...pages().map(({ source }) => source), 'README.md'].filter((source) => !source.endsWith('API.md'));
}
