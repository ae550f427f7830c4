import { createHash } from 'node:crypto';
import type { AlbResponse } from './alb-types';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { max-width: 26rem; padding: 2rem; text-align: center; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
a { display: inline-block; margin-top: 1rem; padding: .75rem 1.5rem; border-radius: .5rem; background: #0b5fff; color: #fff; text-decoration: none; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
`;

/** A page with one message and one thing to do next. Its texts are ours: nothing of a request is shown. */
export function page(
  statusCode: number,
  text: { readonly title: string; readonly message: string; readonly next: string; readonly href: string },
): AlbResponse {
  const style = createHash('sha256').update(STYLE).digest('base64');
  return {
    statusCode,
    multiValueHeaders: {
      'content-type': ['text/html; charset=utf-8'],
      'cache-control': ['no-store'],
      // It needs no script, and says so.
      'content-security-policy': [`default-src 'none'; style-src 'sha256-${style}'; frame-ancestors 'none'`],
      'referrer-policy': ['no-referrer'],
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text.title}</h1>
<p>${text.message}</p>
<a href="${text.href}">${text.next}</a>
</main>
</body>
</html>
`,
  };
}
