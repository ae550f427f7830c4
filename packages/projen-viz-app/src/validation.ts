/**
 * Fails with the one form of error of this package.
 *
 * @throws Error `'prop' must <rule>, got: <value>`
 */
export function requireThat(holds: boolean, prop: string, rule: string, got: unknown): void {
  if (!holds) {
    throw new Error(`'${prop}' must ${rule}, got: ${typeof got === 'string' ? got : JSON.stringify(got)}`);
  }
}

/** Fails unless the text, where there is one, has the form that is asked for. */
export function requireForm(value: string | undefined, prop: string, form: RegExp, rule: string): void {
  requireThat(value === undefined || form.test(value), prop, rule, value);
}
