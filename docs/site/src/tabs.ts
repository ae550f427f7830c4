import type { Translations } from './translations';

/**
 * Puts a TypeScript sample and its translations into tabs.
 *
 * @param markdown text of the page
 * @param translations of the samples of this page; a sample without any stays as it is
 */
export function withTabs(markdown: string, translations: Translations): string {
  return markdown.replace(/^```ts\n([\s\S]*?)^```$/gm, (block, code: string) => {
    const others = translations.get(code.trim());
    if (!others) {
      return block;
    }
    const tabs = [{ language: 'ts', title: 'TypeScript', code: code.trim() }, ...others];
    return [
      '::: code-group',
      ...tabs.map(({ language, title, code }) => `\`\`\`${language} [${title}]\n${code}\n\`\`\``),
      ':::',
    ].join('\n\n');
  });
}
