import { Token } from 'aws-cdk-lib/core';

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

/** Fails unless the number is whole and within the limits. A token is known at deployment only, so it passes. */
export function requireInteger(value: number | undefined, prop: string, min: number, max: number): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  const holds = Number.isInteger(value) && value >= min && value <= max;
  requireThat(holds, prop, `be a whole number from ${min} to ${max}`, value);
}

/** Fails unless the text has the form that AWS asks for. A token is known at deployment only, so it passes. */
export function requireForm(value: string | undefined, prop: string, form: RegExp, rule: string): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  requireThat(form.test(value), prop, rule, value);
}
