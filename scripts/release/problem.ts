/**
 * What the person at the keyboard can put right: one sentence with the next step.
 *
 * The twin of `Problem` in `scripts/say.mjs`, which jest cannot load as it is a module of the other kind.
 */
export class Problem extends Error {}
