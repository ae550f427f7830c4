import { certificateFor } from './cli/certificate';
import { helpText } from './cli/help';
import { parseArguments } from './cli/parse-arguments';
import { Reporter } from './cli/reporter';
import { EXIT, PreviewError } from './errors';
import { randomPassword, subOf } from './identity-provider/users';
import { startPreview } from './preview';

/** An app that reads a large file may need a while. */
const PATIENCE_SECONDS = 120;

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed === 'help') {
    process.stdout.write(helpText());
    return EXIT.ok;
  }
  const reporter = new Reporter(parsed.json);
  const stopping = new AbortController();
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stopping.abort();
        resolve('stopped');
      });
    }
  });
  const { people, https, json: _json, ...options } = parsed;
  const users = people.map(({ email, password, groups, attributes }) => ({
    email,
    password: password ?? (process.env.VIZ_PREVIEW_PASSWORD || randomPassword()),
    sub: subOf(email),
    groups,
    attributes,
  }));
  const starting = startPreview({
    ...options,
    users,
    certificate: await certificateFor(https),
    log: reporter.log,
    patienceSeconds: PATIENCE_SECONDS,
    signal: stopping.signal,
  });
  const preview = await Promise.race([starting, stopped]);
  if (preview === 'stopped') {
    // What is still starting is stopped as soon as it is there; if it fails, it has stopped itself.
    await starting.then(
      ({ stop }) => stop(),
      () => undefined,
    );
    return EXIT.ok;
  }
  for (const note of preview.notes) {
    reporter.note(note);
  }
  reporter.ready(preview);
  const end = await Promise.race([stopped, preview.appEnded]);
  await preview.stop();
  if (end === 'stopped') {
    return EXIT.ok;
  }
  reporter.failed(`${end} Its output is above.`, EXIT.app);
  return EXIT.app;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const reporter = new Reporter(process.argv.includes('--json'));
    if (error instanceof PreviewError) {
      reporter.failed(error.message, error.exitCode);
      process.exitCode = error.exitCode;
    } else {
      reporter.failed(error instanceof Error ? (error.stack ?? error.message) : String(error), EXIT.unexpected);
      process.exitCode = EXIT.unexpected;
    }
  },
);
