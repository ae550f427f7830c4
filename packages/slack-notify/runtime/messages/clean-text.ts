/** What stands at the end of a text that was too long. */
const MARKER = '… (shortened)';

// Control characters, and those that turn the direction of what follows (a commit title could hide its end).
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
// A word joiner looks like nothing, and '@channel' with it pings nobody.
const WORD_JOINER = '\u2060';

/** One line of text from outside: nothing invisible, nobody pinged. */
export function oneLine(text: string): string {
  return noMention(text.replace(/\s+/gu, ' ').replace(INVISIBLE, '')).trim();
}

/** Text from outside that keeps its lines. */
export function manyLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').split('\n').map(oneLine).join('\n').trim();
}

/** At most so many characters (Slack counts UTF-16 units), with a mark when there were more. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const cut = text.slice(0, limit - MARKER.length);
  // Half of a surrogate pair, or half of an escaped character, is worse than one character less.
  return cut.replace(/[\ud800-\udbff]$/, '').replace(/&[a-z]{0,3}$/, '') + MARKER;
}

/** Text inside mrkdwn: Slack's three special characters. `<!channel>` and `<@U1>` are letters then. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function noMention(text: string): string {
  return text.replace(/@(?=channel|here|everyone|group)/gi, `@${WORD_JOINER}`);
}
