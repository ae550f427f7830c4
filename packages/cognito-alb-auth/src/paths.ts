import { CALLBACK_PATH, SIGN_OUT_PATH, SIGNED_OUT_PATH } from './sign-out-contract';
import { requireThat } from './validation';

/**
 * A rule has at most five values in all its conditions, and five wildcards. A path of ours has one wildcard at most.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const VALUES_PER_RULE = 5;
/** How many expressions AWS promises for one condition, and how many characters for each. */
const EXPRESSIONS_PER_RULE = 3;
const EXPRESSION_CHARACTERS = 128;
const RESERVED = [SIGN_OUT_PATH, SIGNED_OUT_PATH, CALLBACK_PATH];

/**
 * Paths are exact, or everything below a folder: `/static/*`.
 *
 * Anything cleverer is refused, because a `*` in the middle of a public path opens more than its author sees. The characters
 * are those that a load balancer takes in a pattern; it knows no others, not even encoded.
 *
 * @throws Error when a path is not of this form, opens everything, or belongs to signing in or out
 */
export function validatePaths(prop: string, paths: readonly string[] = []): void {
  for (const path of paths) {
    requireThat(
      /^\/([A-Za-z0-9._~$&'+:@-]+\/?)*\*?$/.test(path) && !/[^/]\*$/.test(path) && isShort(path),
      prop,
      "have paths like '/about' or '/static/*', of 100 characters at most (a dot counts twice)",
      path,
    );
    requireThat(!/(^|\/)\.\.?(\/|$)/.test(path), prop, "have no '.' or '..' as part of a path", path);
    requireThat(path !== '/*', prop, 'leave something to sign in for', path);
    requireThat(!RESERVED.some((one) => covers(path, one)), prop, 'leave the paths of signing in and out alone', path);
  }
  requireThat(new Set(paths).size === paths.length, prop, 'name every path once', paths);
}

/** Fails when a path has two meanings. */
export function validateDistinct(props: Readonly<Record<string, readonly string[] | undefined>>): void {
  const seen = new Map<string, string>();
  for (const [prop, paths = []] of Object.entries(props)) {
    for (const path of paths) {
      requireThat(!seen.has(path), prop, `not repeat a path of '${seen.get(path)}'`, path);
      seen.set(path, prop);
    }
  }
}

/** Whether a path, exact or with a final `*`, is met by another one. */
export function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/**
 * Cut into portions that fit into one rule each.
 *
 * @param others how many values the rule has in other conditions
 */
export function perRule(paths: readonly string[], others = 0): string[][] {
  return portions(paths, VALUES_PER_RULE - others);
}

/**
 * Expressions for paths below a folder that an app could read as one outside: `/static/../secret`, `/static/%2e%2e/secret`.
 *
 * Each inner list fits into one rule, the app's host included.
 */
export function escapesFrom(paths: readonly string[]): string[][] {
  return portions(paths.filter((path) => path.endsWith('/*')).map(escapeFrom), EXPRESSIONS_PER_RULE);
}

/**
 * `%25` is an encoded percent sign: `%252e` decoded twice is a dot. Both ends are anchored, so that it means the same
 * whether an expression is searched for or must match as a whole.
 */
function escapeFrom(path: string): string {
  const folder = path.replace(/\*$/, '').replace(/[.$+]/g, '\\$&');
  return `^${folder}.*(\\.\\.|%2[eE]|%25).*$`;
}

function isShort(path: string): boolean {
  return path.length <= 100 && escapeFrom(path).length <= EXPRESSION_CHARACTERS;
}

function portions(values: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
