// @ts-check
/** Writes docs/benchmarks.md from results/*.json. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goalsOf } from './goals.mjs';

const results = fileURLToPath(new URL('results', import.meta.url));
const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

/**
 * What a benchmark leaves in results/<name>.json.
 *
 * @typedef {object} Report
 * @property {string} benchmark name of its folder
 * @property {string} what one sentence: what the figures are
 * @property {Record<string, unknown>} [machine] on what it was measured: run.mjs notes it
 * @property {Record<string, unknown>[]} results a row each; only plain values become columns
 */

export function writePage() {
  const sections = readdirSync(results)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => section(file.replace('.json', ''), JSON.parse(readFileSync(join(results, file), 'utf8'))));
  const head = [
    '# Benchmarks',
    '',
    'Written by `npm run bench` from `benchmarks/results/`. The machines are noisy and differ: trust the ratios, and those',
    'above 1.5. The figures of a section come from one run, in which ours and its peers took turns.',
  ];
  writeFileSync(page, `${[...head, ...sections].join('\n')}\n`);
}

/**
 * @param {string} name
 * @param {Report} report
 */
function section(name, report) {
  const rows = report.results.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => typeof value !== 'object')),
  );
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const { benchmark } = report;
  const folder = existsSync(new URL(`${benchmark}/README.md`, import.meta.url))
    ? `How: [benchmarks/${benchmark}](../benchmarks/${benchmark}). `
    : '';
  return [
    '',
    `## ${name}`,
    '',
    `${sentence(report.what)} ${folder}Again: \`npm run bench -- ${benchmark}\`.`,
    '',
    `| ${columns.map(title).join(' | ')} |`,
    `|${columns.map((column) => (rows.every((row) => typeof row[column] !== 'string') ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => `| ${columns.map((column) => cell(row[column])).join(' | ')} |`),
    ...goals(name, report),
    ...machine(report),
  ].join('\n');
}

/** @param {string} text */
function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

/** No more digits than a noisy machine can mean. @param {unknown} value */
function cell(value) {
  return typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : (value ?? '');
}

/** Below the table, so that a goal that is missed is not overlooked. @param {string} name @param {Report} report */
function goals(name, { results }) {
  const rows = goalsOf(name, results).map(
    ({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'met' : '**missed**'} |`,
  );
  return rows.length > 0 ? ['', '| goal | measured | |', '|---|---|---|', ...rows] : [];
}

/** One line below the table. @param {Report} report */
function machine({ machine }) {
  return machine
    ? [
        '',
        `Measured on ${Object.entries(machine)
          .map(([name, value]) => `${title(name)} ${value}`)
          .join(', ')}.`,
      ]
    : [];
}

/** `requestsPerSecond` becomes `requests per second`, `memoryMB` `memory MB`, `p99Ms` `p99 ms`. @param {string} column */
function title(column) {
  return column
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z][a-z])(?=\d)|(?<=\d)(?=[A-Z])/g, ' ')
    .replace(/ [A-Z](?![A-Z])/g, (capital) => capital.toLowerCase());
}
