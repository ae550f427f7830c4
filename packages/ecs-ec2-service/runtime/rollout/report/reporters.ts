import type { Report, RolloutEvent } from './events';
import { linesOf } from './lines';

/** Where text goes. */
export type Write = (text: string) => void;

/** Where a program or a person reads, and where errors go. */
export interface Streams {
  readonly out: Write;
  readonly err: Write;
}

/** One JSON event a line. */
export function jsonReporter({ out, err }: Streams, now: () => number): Report {
  return (event) => {
    out(`${JSON.stringify({ time: new Date(now()).toISOString(), ...event })}\n`);
    if (event.type === 'error') {
      err(`${linesOf(event).join('\n')}\n`);
    }
  };
}

/** Plain lines, for logs. */
export function plainReporter({ out, err }: Streams): Report {
  const lines = withoutRepetition();
  return (event) => (event.type === 'error' ? err : out)(`${lines(event).join('\n')}\n`);
}

/** Lines of one event after the other. What was read about a failure while it went on is not read once more at the end. */
export function withoutRepetition(): (event: RolloutEvent) => string[] {
  let told: string | undefined;
  return (event) => {
    if (event.type === 'failing') {
      told = event.failure.what;
    }
    return linesOf(event, event.type === 'finished' && event.failure?.what === told);
  };
}
