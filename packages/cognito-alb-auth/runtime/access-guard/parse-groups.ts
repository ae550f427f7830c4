/** A list as Cognito writes it without brackets: whatever else is in a value is encoded (`a%2Cb`). */
const BARE_LIST = /^[\w.*%+-]+(,[\w.*%+-]+)+$/;

/**
 * Cognito writes a claim with several values as text: `[a, b]` or `["a","b"]` of OpenID providers, `a,b` of SAML providers.
 *
 * Where a comma can be told from one in a name, it is: `a, finance` alone is one group, not a way into `finance`.
 */
export function parseGroups(text = ''): string[] {
  const trimmed = text.trim();
  const [, inner] = /^\[(.*)\]$/s.exec(trimmed) ?? [];
  if (inner !== undefined) {
    return named(quoted(trimmed) ?? inner.split(','));
  }
  return named(BARE_LIST.test(trimmed) ? trimmed.split(',') : [trimmed]);
}

/** The texts of a JSON list, or undefined if it is none. */
function quoted(list: string): string[] | undefined {
  try {
    return (JSON.parse(list) as unknown[]).map(String);
  } catch {
    return undefined;
  }
}

function named(groups: readonly string[]): string[] {
  return groups.map((group) => group.trim()).filter((group) => group !== '');
}
