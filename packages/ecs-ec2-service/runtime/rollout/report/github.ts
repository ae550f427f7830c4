import type { Report, RolloutEvent } from './events';
import { failureLines, headline, linesOf } from './lines';
import type { Write } from './reporters';
import { githubMessage, safe } from './safe';

/** Where GitHub Actions reads. */
export interface GithubFiles {
  readonly out: Write;
  /** Appends to the file that GITHUB_STEP_SUMMARY names. */
  readonly summarize: Write;
  /** Appends to the file that GITHUB_OUTPUT names. */
  readonly output: Write;
}

type Begun = Extract<RolloutEvent, { type: 'started' | 'attached' }>;
type Ended = Extract<RolloutEvent, { type: 'finished' | 'error' }>;

/**
 * In GitHub Actions: the progress in a group that folds away, what matters as annotations, a summary of the job, and outputs of
 * the step (`outcome`, `reason`, `seconds`) for the steps after it.
 */
export function githubReporter({ out, summarize, output }: GithubFiles): Report {
  let open = false;
  let begun: Begun | undefined;
  const close = () => {
    if (open) {
      out('::endgroup::\n');
      open = false;
    }
  };
  const print = (lines: string[]) => {
    for (const line of lines) {
      // A line of others that starts with '::' would be obeyed by the runner.
      out(`${line.startsWith('::') ? ` ${line}` : line}\n`);
    }
  };
  return (event) => {
    const [first, ...others] = linesOf(event);
    if (event.type === 'started' || event.type === 'attached') {
      close();
      begun = event;
      open = true;
      out(`::group::${githubMessage(first)}\n`);
      print(others);
      return;
    }
    if (event.type === 'finished' || event.type === 'error' || event.type === 'status') {
      close();
    }
    const annotation = annotate(event);
    if (annotation) {
      out(`${annotation}\n`);
    }
    if (event.type !== 'error') {
      print([first, ...others]);
    }
    if (event.type === 'finished' || event.type === 'error') {
      summarize(summary(event, begun));
      output(outputs(event));
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
  if (event.type === 'hook-paused') {
    return `::notice title=The rollout waits for an approval::${githubMessage(safe(event.hint))}`;
  }
  if (event.type === 'error' || (event.type === 'finished' && event.outcome !== 'succeeded')) {
    const next = nextOf(event);
    return `::error title=${headline(codeOf(event))}::${githubMessage(safe(`${reasonOf(event)}${next ? ` ${next}` : ''}`))}`;
  }
  return undefined;
}

function codeOf(event: Ended): string {
  return event.type === 'finished' ? event.outcome : event.code;
}

/** Why it ended so, in one line. */
function reasonOf(event: Ended): string {
  return event.type === 'finished' && event.failure ? `${event.message} ${event.failure.what}` : event.message;
}

function nextOf(event: Ended): string | undefined {
  return event.type === 'finished' && event.outcome !== 'succeeded' ? (event.failure?.next ?? event.next) : undefined;
}

function summary(event: Ended, begun: Begun | undefined): string {
  const failure = event.type === 'finished' && event.outcome !== 'succeeded' ? event.failure : undefined;
  const what = begun && [
    begun.service,
    ...('image' in begun ? [begun.image] : []),
    begun.taskDefinition.split('/').pop(),
  ];
  const seconds = event.type === 'finished' ? ` (${event.seconds} s)` : '';
  // Four tildes: three backquotes may stand in a log line.
  const evidence = failure
    ? ['', '~~~~text', ...failureLines(failure).map((line) => line.replace(/~~~~/g, '~ ~ ~')), '~~~~']
    : [];
  const next = failure ? undefined : nextOf(event);
  return [
    `### ${headline(codeOf(event))}`,
    '',
    ...(what ? [what.map((item) => `\`${item}\``).join(' · '), ''] : []),
    `${safe(event.message)}${seconds}`,
    ...(next ? ['', safe(next)] : []),
    ...evidence,
    '',
  ].join('\n');
}

/** One line each: what GitHub reads as an output ends with it. */
function outputs(event: Ended): string {
  const reason =
    event.type === 'finished' && event.outcome === 'succeeded' ? '' : safe(reasonOf(event)).replace(/\s+/g, ' ');
  const seconds = event.type === 'finished' ? `seconds=${event.seconds}\n` : '';
  return `outcome=${codeOf(event)}\nreason=${reason}\n${seconds}`;
}
