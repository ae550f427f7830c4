/** Exit codes of `viz-preview`, as its `--help` and README list them. */
export const EXIT = {
  /** Stopped by Ctrl-C or SIGTERM after a start that succeeded. */
  ok: 0,
  /** Something nobody expected; the message says what. */
  unexpected: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The template holds something that the preview does not run, or that has no value on this machine. */
  template: 3,
  /** The app did not start, did not become healthy, or died. */
  app: 4,
  /** The port is taken. */
  port: 5,
  /** Docker was asked for and does not answer, or could not build the image. */
  docker: 6,
} as const;

export type ExitName = keyof typeof EXIT;

/** Base of every error that is meant for the person who ran the command: one sentence, and the next step. */
export class PreviewError extends Error {
  public readonly exitCode: number;

  /**
   * @param code which kind of failure this is; it decides the exit code
   * @param message what is wrong and what to do next, without any secret
   */
  constructor(
    public readonly code: ExitName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PreviewError';
    this.exitCode = EXIT[code];
  }
}

const WHAT_IT_REFUSES =
  "'What it refuses' says what can be done: https://github.com/paebbl/data-visualization-ops/tree/main/packages/preview#what-it-refuses";

/** The template asks for something that the preview cannot or will not run. */
export class TemplateRefusal extends PreviewError {
  /**
   * @param path where in the template, for example `Resources.Listener.Properties.DefaultActions.0`
   * @param reason what is wrong there
   * @param nextStep what to do about it
   */
  constructor(
    public readonly path: string,
    public readonly reason: string,
    nextStep = WHAT_IT_REFUSES,
  ) {
    super('template', `${path}: ${reason}. ${nextStep}`);
    this.name = 'TemplateRefusal';
  }
}
