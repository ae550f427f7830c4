import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { container } from '../../apps/paebbl-viz/e2e/src/engine-image';

/** A change that somebody pushes. */
export interface Change {
  readonly name: string;
  /** Whether it should go live. */
  readonly good: boolean;
  /** Whether it can be pushed once only. */
  readonly once?: boolean;
  readonly apply: (folder: string, round: number) => void;
}

// Another text in each round, because builds know what they have built before.
const append = (file: string, line: string) => (folder: string, round: number) =>
  appendFileSync(join(folder, file), `\n${line}\n# Round ${round}.\n`);

/** A small package without dependencies of its own, so that only the way matters and not the package. */
const NEW_PACKAGE = [
  'humanize==4.13.0 \\',
  '    --hash=sha256:b810820b31891813b1673e8fec7f1ed3312061eab2f26e3fa192c393d11ed25f',
].join('\n');

/** In this order: what is good stays, what is bad is taken back before the next. */
export const changes: Change[] = [
  { name: 'first deploy', good: true, once: true, apply: () => undefined },
  { name: 'one line of code', good: true, apply: append('paebbl_viz/labels.py', '# One line more.') },
  { name: 'one new dependency', good: true, once: true, apply: append('requirements.lock', NEW_PACKAGE) },
  { name: 'crashes at start', good: false, apply: append('paebbl_viz/wsgi.py', 'import nothing_of_that_name') },
  {
    name: 'never gets healthy',
    good: false,
    apply: append('paebbl_viz/wsgi.py', 'app.before_request(lambda: 1 / 0)'),
  },
];

/** The app's folder as it is in a fresh clone. */
export function copyApp(to: string): void {
  const unwanted = /\/(\.venv|__pycache__|\.[a-z]+_cache|node_modules)(\/|$)/;
  cpSync(container, to, { recursive: true, filter: (path) => !unwanted.test(path) });
}

/** Applies a change, and gives back what undoes it. */
export function applyChange(change: Change, folder: string, round: number): () => void {
  const before = `${folder}.before`;
  cpSync(folder, before, { recursive: true });
  change.apply(folder, round);
  return () => {
    if (!change.good) {
      rmSync(folder, { recursive: true });
      cpSync(before, folder, { recursive: true });
    }
    rmSync(before, { recursive: true });
  };
}
