import type { Progress, Report, RolloutEvent } from './events';
import { progressLine, time } from './lines';
import { type Streams, withoutRepetition } from './reporters';

/** A terminal that somebody looks at. */
export interface Screen extends Streams {
  readonly columns: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back every second, until what it returns is called. */
  readonly everySecond: (tick: () => void) => () => void;
}

const colour = { red: 31, green: 32, yellow: 33 } as const;
const paint = (name: keyof typeof colour, text: string) => `\u001b[${colour[name]}m${text}\u001b[0m`;
const CLEAR_LINE = '\r\u001b[2K';

/** The progress stays on the last line and shows that time passes; everything else scrolls above it. */
export function terminalReporter(screen: Screen): Report {
  const live = new LiveLine(screen);
  const lines = withoutRepetition();
  return (event) => {
    if (event.type === 'progress') {
      live.show(event);
      return;
    }
    if (event.type === 'started' || event.type === 'attached') {
      live.start();
    }
    if (event.type === 'finished' || event.type === 'error') {
      live.stop();
    }
    const text = `${accent(event, lines(event)).join('\n')}\n`;
    live.above(event.type === 'error' ? screen.err : screen.out, text);
  };
}

/** The last line of the screen. */
class LiveLine {
  private began = 0;
  private progress?: Progress;
  private stopTicking?: () => void;

  constructor(private readonly screen: Screen) {}

  start(): void {
    this.began = this.screen.now();
    this.stopTicking ??= this.screen.everySecond(() => this.draw());
  }

  show(progress: Progress): void {
    this.progress = progress;
    this.draw();
  }

  stop(): void {
    this.stopTicking?.();
    this.clear();
    this.progress = undefined;
  }

  above(write: (text: string) => void, text: string): void {
    this.clear();
    write(text);
    this.draw();
  }

  private clear(): void {
    if (this.progress) {
      this.screen.out(CLEAR_LINE);
    }
  }

  /** Never longer than the screen is wide: of a line that goes on below, only the last part could be taken back. */
  private draw(): void {
    if (!this.progress) {
      return;
    }
    const seconds = Math.round((this.screen.now() - this.began) / 1000);
    const { running, requested } = this.progress;
    const line = `● ${bar(running, requested)} ${time(seconds)}: ${progressLine(this.progress)}`;
    this.screen.out(`${CLEAR_LINE}${line.slice(0, Math.max(1, this.screen.columns() - 1))}`);
  }
}

function bar(running: number, requested: number): string {
  const width = 10;
  const full = requested > 0 ? Math.round((Math.min(running, requested) / requested) * width) : width;
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

/** The line that matters: the first one of a failure, the verdict at the end. */
function accent(event: RolloutEvent, lines: string[]): string[] {
  const [first, ...others] = lines;
  switch (event.type) {
    case 'failing':
      return [paint('red', first), ...others];
    case 'finished':
      return [...lines.slice(0, -1), paint(event.outcome === 'succeeded' ? 'green' : 'red', lines[lines.length - 1])];
    case 'note':
    case 'no-breaker':
    case 'hook-paused':
      return [paint('yellow', first), ...others];
    default:
      return lines;
  }
}
