import type { Report, RolloutEvent } from './events';
import { failureLines, headline, linesOf } from './lines';
import type { Write } from './reporters';
import { githubMessage, safe } from './safe';

/**
 * In GitHub Actions: the progress in a group that folds away, what matters as annotations, and a summary of the job.
 *
 * @param summarize appends to the file that GITHUB_STEP_SUMMARY names
 */
export function githubReporter(write: Write, summarize: Write): Report {
  let open = false;
  const close = () => {
    if (open) {
      write('::endgroup::\n');
      open = false;
    }
  };
  return (event) => {
    if (event.type === 'started' || event.type === 'attached') {
      close();
      write(`::group::${githubMessage(linesOf(event)[0])}\n`);
      open = true;
    }
    if (event.type === 'finished' || event.type === 'status') {
      close();
    }
    const annotation = annotate(event);
    if (annotation) {
      write(`${annotation}\n`);
    }
    for (const line of linesOf(event)) {
      // A line of others that starts with '::' would be obeyed by the runner.
      write(`${line.startsWith('::') ? ` ${line}` : line}\n`);
    }
    if (event.type === 'finished') {
      summarize(summary(event));
    }
  };
}

function annotate(event: RolloutEvent): string | undefined {
  if (event.type === 'failing') {
    return `::warning title=A task of the rollout fails::${githubMessage(safe(`${event.failure.what} ${event.failure.next}`))}`;
  }
  if (event.type === 'no-breaker') {
    return `::warning title=No circuit breaker::${githubMessage(event.message)}`;
  }
  if (event.type === 'finished' && event.outcome !== 'succeeded') {
    const why = event.failure ? ` ${event.failure.what} ${event.failure.next}` : '';
    return `::error title=${headline(event.outcome)}::${githubMessage(safe(event.message + why))}`;
  }
  return undefined;
}

function summary(event: Extract<RolloutEvent, { type: 'finished' }>): string {
  const failure = event.failure && event.outcome !== 'succeeded' ? event.failure : undefined;
  // Four tildes: three backquotes may stand in a log line.
  const evidence = failure
    ? ['', '~~~~text', ...failureLines(failure).map((line) => line.replace(/~~~~/g, '~ ~ ~')), '~~~~']
    : [];
  return [`### ${headline(event.outcome)}`, '', `${safe(event.message)} (${event.seconds} s)`, ...evidence, ''].join(
    '\n',
  );
}
