/** Something that the person at the keyboard can put right, in one sentence: what is wrong and what to do next. */
export class Problem extends Error {
  /** @param exitCode 2 for wrong input or a missing tool, 1 for a step that failed */
  constructor(
    sentence: string,
    public readonly exitCode: 1 | 2 = 2,
  ) {
    super(sentence);
    this.name = 'Problem';
  }
}

/** Says what happens now. */
export function step(text: string): void {
  console.log(process.stdout.isTTY ? `\x1b[1m› ${text}\x1b[0m` : `> ${text}`);
}
