import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2530; --soft: #586473; --paper: #fff; --ground: #eef1f5; --line: #b9c2cd; --strong: #0b5cad; --bad: #b3261e; --badge: #fff3cd; --badge-ink: #5c4400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a7b3c0; --paper: #1b222b; --ground: #11161c; --line: #4a5766; --strong: #6cb2f7; --bad: #ff9d94; --badge: #3d3311; --badge-ink: #ffe08a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.75rem 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: .75rem 0 .5rem; }
h1 span { display: inline-block; max-width: 100%; }
p { margin: 0 0 1rem; color: var(--soft); }
.badge { display: inline-block; margin: 0; padding: .125rem .625rem; border-radius: 1rem; background: var(--badge); color: var(--badge-ink); font-size: .875rem; font-weight: 600; }
.wrong { color: var(--bad); font-weight: 600; border-left: .25rem solid; padding-left: .75rem; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { width: 100%; margin: 0 0 1rem; padding: .625rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .375rem; }
button, a.button { display: block; width: 100%; margin: 0 0 .75rem; padding: .75rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--paper); background: var(--strong); border: 2px solid var(--strong); border-radius: .375rem; cursor: pointer; }
a.button.other { color: var(--strong); background: transparent; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page of the local provider. It loads nothing, from nowhere. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="badge">Local preview</p>
<h1>${breakable(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

/**
 * Headers of such a page.
 *
 * @param formTargets origins to which a form may lead in the end; a browser holds that against redirects too
 */
export function pageHeaders(formTargets: readonly string[]): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'self' ${formTargets.join(' ')}; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** A host name starts a line rather than be broken, and a long one breaks behind its dots and hyphens. */
function breakable(text: string): string {
  return escapeHtml(text).replace(/\S+[.-]\S+/g, (name) => `<span>${name.replace(/[.-]/g, '$&<wbr>')}</span>`);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
