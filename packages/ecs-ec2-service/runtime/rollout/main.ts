import { appendFileSync } from 'node:fs';
import { realClock } from './clock';
import { run } from './run';

// The SDK is bundled, so its advice about later versions on older Nodes is nothing that the reader could follow.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interrupted = new AbortController();
process.on('SIGINT', () => interrupted.abort());
process.on('SIGTERM', () => interrupted.abort());

const summaryFile = process.env.GITHUB_STEP_SUMMARY;

void run(process.argv.slice(2), {
  env: process.env,
  isTerminal: process.stdout.isTTY ?? false,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  summarize: (text) => summaryFile && appendFileSync(summaryFile, text),
  makeClients: () => (require('./aws/clients') as typeof import('./aws/clients')).makeClients(),
  clock: realClock,
  signal: interrupted.signal,
}).then((code) => {
  process.exitCode = code;
});
