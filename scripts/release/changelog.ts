import { Problem } from './problem';

const UNRELEASED = '## Unreleased';

/** A section of the changelog that stands for a release. */
export interface ReleasedSection {
  readonly version: string;
  /** What people wrote below its heading. */
  readonly notes: string;
}

/**
 * Turns what stands below "Unreleased" into the section of a version, and leaves an empty "Unreleased" above it.
 *
 * @param date day of the release, as 2026-12-31
 * @throws Problem when there is no such heading, or nothing below it
 */
export function cutRelease(changelog: string, version: string, date: string): string {
  const [before, ...after] = changelog.split(/^## Unreleased[ \t]*$/m);
  if (after.length !== 1) {
    throw new Problem(
      `CHANGELOG.md must have one heading "${UNRELEASED}", got: ${after.length}. Add it below the title.`,
    );
  }
  const [notes] = after[0].split(/^## /m);
  if (notes.trim() === '') {
    throw new Problem(
      `"${UNRELEASED}" in CHANGELOG.md is empty: write there what a user will see of ${version}, one line for each thing.`,
    );
  }
  return `${before}${UNRELEASED}\n\n## ${version} (${date})${after[0]}`;
}

/** The newest release that the changelog speaks of, published or not; nothing before the first. */
export function newestRelease(changelog: string): ReleasedSection | undefined {
  const [, version, rest] = /^## (\d+\.\d+\.\d+) \([^)]*\)[ \t]*$([\s\S]*)/m.exec(changelog) ?? [];
  return version ? { version, notes: rest.split(/^## /m)[0].trim() } : undefined;
}
