import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AppNews, GRACE_MS, type StartApp } from './messages';

const HOST = join(__dirname, '..', '..', 'assets', 'app-host', 'index.js');
/** Enough to see what went wrong at the start of a Python program. */
const KEPT_LINES = 40;

/** The app, running as a program of this machine or as the client of a container. */
export class AppProcess {
  /** Settles when the app has ended, with a sentence how. */
  public readonly ended: Promise<string>;
  private readonly host: ChildProcess;
  private readonly gone: Promise<void>;
  private readonly lines: string[] = [];

  constructor(start: StartApp, log: (line: string) => void) {
    this.host = fork(HOST, [], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: { PATH: process.env.PATH },
    });
    const read = [this.host.stdout, this.host.stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          const lines = createInterface({ input: stream as Readable });
          lines.on('line', (line) => {
            this.lines.push(line);
            this.lines.splice(0, this.lines.length - KEPT_LINES);
            log(`[app] ${line}`);
          });
          lines.once('close', resolve);
        }),
    );
    // Not 'close', which never comes once the channel was closed from this side.
    const exited = new Promise((resolve) => this.host.once('exit', resolve));
    this.gone = exited
      .then(() => Promise.race([Promise.all(read), sleep(1_000, undefined, { ref: false })]))
      .then(() => undefined);
    const news = new Promise<string>((resolve) => {
      this.host.on('message', (message: AppNews) => resolve(describe(message, start.command)));
      exited.then(() => resolve('The app ended.'));
    });
    // The last lines of output come after the news of the end.
    this.ended = news.then((sentence) => this.gone.then(() => sentence));
    this.host.send(start);
  }

  public get lastLines(): readonly string[] {
    return this.lines;
  }

  /** Ends the app and whatever it started, and waits until they are gone. */
  public async stop(): Promise<void> {
    if (this.host.connected) {
      this.host.disconnect();
    }
    const late = setTimeout(() => this.kill(), GRACE_MS + 35_000);
    await this.gone;
    clearTimeout(late);
  }

  private kill(): void {
    try {
      process.kill(-(this.host.pid as number), 'SIGKILL');
    } catch (error) {
      // It ended in this very moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  }
}

function describe(news: AppNews, command: string): string {
  if (news.type === 'failed') {
    return `The app could not be started: ${news.message}. ${command === 'docker' ? '' : 'Is it installed in the folder given with --venv?'}`.trim();
  }
  return `The app ended ${news.signal ? `by ${news.signal}` : `with exit code ${news.code}`}.`;
}
