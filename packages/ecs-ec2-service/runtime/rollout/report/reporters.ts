import type { Report, RolloutEvent } from './events';
import { linesOf, progressLine } from './lines';

/** Where text goes. */
export type Write = (text: string) => void;

/** One JSON event a line. */
export function jsonReporter(write: Write, now: () => number): Report {
  return (event) => write(`${JSON.stringify({ time: new Date(now()).toISOString(), ...event })}\n`);
}

/** Plain lines, for logs. */
export function plainReporter(write: Write): Report {
  return (event) => {
    for (const line of linesOf(event)) {
      write(`${line}\n`);
    }
  };
}

const colour = { red: 31, green: 32, yellow: 33, bold: 1 } as const;
const paint = (name: keyof typeof colour, text: string) => `\u001b[${colour[name]}m${text}\u001b[0m`;
const CLEAR_LINE = '\r\u001b[2K';

/** On a terminal: the progress stays on the last line, everything else scrolls above it. */
export function terminalReporter(write: Write): Report {
  let live = '';
  return (event) => {
    if (event.type === 'progress') {
      live = `● ${bar(event.running, event.requested)} ${progressLine(event)}`;
      write(`${CLEAR_LINE}${live}`);
      return;
    }
    const lines = linesOf(event).map((line, index) => (index === 0 ? accent(event, line) : line));
    const after = event.type === 'finished' ? '' : live;
    write(`${live ? CLEAR_LINE : ''}${lines.join('\n')}\n${after}`);
    live = after;
  };
}

function bar(running: number, requested: number): string {
  const width = 10;
  const full = requested > 0 ? Math.round((Math.min(running, requested) / requested) * width) : width;
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

function accent(event: RolloutEvent, line: string): string {
  if (event.type === 'failing') {
    return paint('red', line);
  }
  if (event.type === 'finished') {
    return paint(event.outcome === 'succeeded' ? 'green' : 'red', line);
  }
  return event.type === 'note' || event.type === 'no-breaker' ? paint('yellow', line) : line;
}
