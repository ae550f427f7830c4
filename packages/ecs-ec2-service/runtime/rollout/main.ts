import { appendFileSync } from 'node:fs';
import { realClock } from './clock';
import { run } from './run';

// The SDK is bundled, so its advice about later versions on older Nodes is nothing that the reader could follow.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interrupted = new AbortController();
// Once: whoever presses Ctrl-C a second time does not want to wait.
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const appendTo = (file: string | undefined) => (text: string) => file && appendFileSync(file, text);

void run(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stdout.isTTY
    ? {
        columns: () => process.stdout.columns || 80,
        everySecond: (tick) => {
          const timer = setInterval(tick, 1_000);
          return () => clearInterval(timer);
        },
      }
    : undefined,
  summarize: appendTo(process.env.GITHUB_STEP_SUMMARY),
  output: appendTo(process.env.GITHUB_OUTPUT),
  makeClients: () => (require('./aws/clients') as typeof import('./aws/clients')).makeClients(),
  clock: realClock,
  signal: interrupted.signal,
}).then((code) => {
  process.exitCode = code;
});
