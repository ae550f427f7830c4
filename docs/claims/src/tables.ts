/** The first cells of the rows of all tables of a page, as they are written. */
export function firstCells(markdown: string): string[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\|[-| :]+\|$/.test(line))
    .map((line) => line.split(/(?<!\\)\|/)[1].trim());
}

/** What stands in code marks. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}
