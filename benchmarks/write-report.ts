import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Any more fields are details of the run. */
interface Report {
  /** Name of the benchmark's folder. */
  readonly benchmark: string;
  readonly what: string;
  readonly results: object[];
  readonly [detail: string]: unknown;
}

/** Leaves what a benchmark found in `results/`, for docs/benchmarks.md: see write-page.mjs. */
export function writeReport(report: Report) {
  writeFileSync(join(__dirname, 'results', `${report.benchmark}.json`), `${JSON.stringify(report, null, 2)}\n`);
}
