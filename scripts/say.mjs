// @ts-check
/**
 * One clear sentence instead of a stack trace: what is wrong, and what to do next.
 */

/** Something that the person at the keyboard can put right. */
export class Problem extends Error {
  /**
   * @param {string} sentence what is wrong and what to do next
   * @param {number} [exitCode] 2 for wrong input or a missing tool, 1 for a step that failed
   */
  constructor(sentence, exitCode = 2) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's main function: a Problem is printed as its sentence, everything else as the bug that it is.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}

/** @param {string} text what happens now */
export function step(text) {
  console.log(process.stdout.isTTY ? `\x1b[1m› ${text}\x1b[0m` : `> ${text}`);
}
