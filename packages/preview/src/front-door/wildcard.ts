/** A matcher for a pattern of a listener rule: `*` is any number of characters, `?` exactly one. */
export function wildcard(pattern: string, options: { readonly caseSensitive: boolean }): (text: string) => boolean {
  const wanted = options.caseSensitive ? pattern : pattern.toLowerCase();
  return (text) => matches(wanted, options.caseSensitive ? text : text.toLowerCase());
}

/** Greedy with one step back, so that no pattern takes more than pattern times text: a regular expression could take for ever. */
function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let restart = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      restart = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++restart;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') {
    p++;
  }
  return p === pattern.length;
}
