// @ts-check
/**
 * Draws the agreed messages (test/golden) as a channel shows them, into docs/messages.png, and lists them in
 * docs/messages.md. Needs Chromium: `node docs/draw-messages.mjs`, or CHROMIUM=/path node docs/draw-messages.mjs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const golden = join(here, '..', 'test', 'golden');
const messages = readdirSync(golden).map((file) => ({
  name: file.replace('.json', ''),
  ...JSON.parse(readFileSync(join(golden, file), 'utf8')),
}));

/** @param {string} text */
const escapeHtml = (text) =>
  text
    .replace(/&(?!amp;|lt;|gt;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

/**
 * Drawn, because a machine without a font of emoji would show empty boxes.
 *
 * @type {Record<string, string>}
 */
const MARKS = {
  '✅': '<i style="background:#007a5a">✓</i>',
  '🔴': '<i style="background:#d92b2b">&nbsp;</i>',
  '⚠️': '<i style="background:#d99a00">!</i>',
  ℹ️: '<i style="background:#1264a3">i</i>',
};

/** @param {{ type: string, text: string }} element */
function textOf({ type, text }) {
  if (type === 'plain_text') {
    return escapeHtml(text).replace(/^(✅|🔴|⚠️|ℹ️)/u, (mark) => MARKS[mark] ?? mark);
  }
  return text
    .replace(/<([^|>]+)\|([^>]+)>/g, (_all, _url, words) => `⟦${words}⟧`)
    .replace(/<@(\w+)>/g, '⟦@$1⟧')
    .replace(/\*([^*\n]+)\*/g, '<b>$1</b>')
    .replace(/⟦([^⟧]*)⟧/g, '<u>$1</u>')
    .replace(/\n/g, '<br>');
}

/** @param {any} block */
function blockOf(block) {
  switch (block.type) {
    case 'header':
      return `<h3>${textOf(block.text)}</h3>`;
    case 'section':
      return block.fields
        ? `<div class="fields">${block.fields.map((/** @type {any} */ field) => `<p>${textOf(field)}</p>`).join('')}</div>`
        : `<p>${textOf(block.text)}</p>`;
    case 'actions':
      return `<p>${block.elements.map((/** @type {any} */ button) => `<button class="${button.style}">${textOf(button.text)}</button>`).join(' ')}</p>`;
    default:
      return `<p class="context">${block.elements.map(textOf).join(' ')}</p>`;
  }
}

const page = `<!doctype html><meta charset="utf-8"><style>
body { font: 15px/1.45 Lato, 'DejaVu Sans', sans-serif; color: #1d1c1d; margin: 16px; columns: 2; column-gap: 24px; width: 1368px }
article { break-inside: avoid; border: 1px solid #ddd; border-radius: 8px; padding: 4px 16px; margin: 0 0 16px }
h3 { font-size: 18px; margin: 8px 0 } p { margin: 6px 0; overflow-wrap: anywhere } u { color: #1264a3; text-decoration: none }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px } .context { color: #616061; font-size: 13px }
button { font: inherit; font-weight: bold; border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; background: #fff }
i { display: inline-block; width: 20px; border-radius: 10px; color: #fff; text-align: center; font: bold 14px/20px sans-serif }
.primary { background: #007a5a; color: #fff } .danger { background: #e01e5a; color: #fff }
</style>${messages.map(({ blocks }) => `<article>${blocks.map(blockOf).join('')}</article>`).join('')}`;

const folder = mkdtempSync(join(tmpdir(), 'messages-'));
const html = join(folder, 'messages.html');
writeFileSync(html, page);
execFileSync(
  process.env.CHROMIUM ?? '/usr/bin/chromium',
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
    '--window-size=1400,4200',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--screenshot=${join(here, 'messages.png')}`,
    pathToFileURL(html).href,
  ],
  { stdio: 'ignore', timeout: 120_000 },
);

/** @param {string} text */
const cell = (text) => text.replace(/\|/g, '\\|');
writeFileSync(
  join(here, 'messages.md'),
  `# The messages

![Each message as a channel shows it: a title with a mark, the reason, facts in two columns, links to the console, and the
account and time.](messages.png)

What a phone's notification and a screen reader say, for each recorded event of \`test/events\` and for what no single event
tells (\`test/messages.ts\`):

| message | in one line |
|---|---|
${messages.map(({ name, text }) => `| ${name} | ${cell(text)} |`).join('\n')}

Drawn from the agreed messages in \`test/golden\` by \`node docs/draw-messages.mjs\`.
`,
);
