import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'messages.md'), 'utf8');

test.each(readdirSync(join(ROOT, 'test', 'golden')))('the page of messages shows what %s says', (file) => {
  const { text } = JSON.parse(readFileSync(join(ROOT, 'test', 'golden', file), 'utf8'));

  expect(page).toContain(`| ${file.replace('.json', '')} | ${text.replace(/\|/g, '\\|')} |`);
});
