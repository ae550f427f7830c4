// @ts-check
/**
 * What the figures should be, by the name of the file in results/. docs/benchmarks.md tells what is met and what is missed.
 *
 * A goal speaks of figures of one run only, ours against a peer's wherever there is one.
 *
 * @typedef {Record<string, any>} Row a row of a result
 * @typedef {{ goal: string; measured: string; met: boolean }} Goal
 */

/** @type {Record<string, (results: Row[]) => Goal[]>} */
const byResult = {
  'commit-to-live': (results) => {
    const row = find(results, 'change', 'way');
    const line = row('one line of code', 'ours').seedTimesOursWithoutTheWait;
    return [
      atLeast('one line of code: seed / ours, without the wait', 4, line),
      ...['crashes at start', 'never gets healthy'].map((change) => {
        const seed = row(change, 'seed').failureToldSeconds ?? Number.POSITIVE_INFINITY;
        return atLeast(
          `${change}: seed / ours, until the failure is told`,
          10,
          seed / row(change, 'ours').reasonToldSeconds,
        );
      }),
      ...results
        .filter(({ way }) => way === 'ours')
        .map(({ change, requestsFailed }) =>
          atMost(`${change}: requests of colleagues that fail with ours`, 0, Number.parseInt(requestsFailed, 10)),
        ),
    ];
  },
  image: (results) => {
    const row = find(results, 'name');
    return [
      atLeast('rebuild: by hand / ours', 10, row('by hand').rebuildSeconds / row('ours').rebuildSeconds),
      atMost('megabytes pushed after one line', 1, row('ours').pushedBytesAfterOneLine / 1e6),
    ];
  },
  install: (results) =>
    results
      .filter(({ name }) => name.includes(' alone ('))
      .map(({ name, processorSeconds }) => atMost(`${name}: seconds of processor time`, 2, processorSeconds)),
  monorepo: (results) =>
    results
      .filter(({ name }) => !name.startsWith('cold'))
      .map(({ name, seconds }) => atMost(`${name}: seconds`, name === 'nothing changed' ? 2 : 15, seconds)),
  rollout: (results) => {
    const row = find(results, 'name');
    const ours = row('ecs-rollout');
    const waiter = row('SDK waitUntilServicesStable');
    return [
      atMost('p95 of the lag, in seconds', 2, ours.p95LagSeconds),
      atMost('API calls, as a part of those of the poll every 1 s', 1, ours.apiCalls / row('poll every 1 s').apiCalls),
      atLeast(
        'time to tell of a failure: waiter / ours',
        10,
        waiter.medianSecondsToTellOfFailure / ours.medianSecondsToTellOfFailure,
      ),
      atMost('wrong verdicts', 0, Number.parseInt(ours.wrongVerdicts, 10)),
    ];
  },
  slack: ([ours]) => [atMost('kilobytes of the function', 100, ours.kilobytes)],
  synth: (results) => [
    atMost('time to synthesize: ours / by hand', 1.05, find(results, 'name')('ours').synthRatioToByHand),
  ],
};

/**
 * The goals of a result, or none when it has none.
 *
 * @param {string} result name of its file, without the ending
 * @param {Row[]} rows
 * @returns {Goal[]}
 */
export function goalsOf(result, rows) {
  return byResult[result]?.(rows) ?? [];
}

/** @param {string} what @param {number} bound @param {number} value */
const atLeast = (what, bound, value) => goal(what, `at least ${bound}`, value, value >= bound);

/** @param {string} what @param {number} bound @param {number} value */
const atMost = (what, bound, value) => goal(what, `at most ${bound}`, value, value <= bound);

/** @param {string} what @param {string} bound @param {number} value @param {boolean} met @returns {Goal} */
function goal(what, bound, value, met) {
  if (Number.isNaN(value)) {
    throw new Error(`The goal '${what}' must find its figures in the result, got: none`);
  }
  const measured = Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'the other never does';
  return { goal: `${what}: ${bound}`, measured, met };
}

/** @param {Row[]} results @param {string[]} columns */
function find(results, ...columns) {
  return (/** @type {string[]} */ ...values) => {
    const found = results.find((row) => columns.every((column, index) => row[column] === values[index]));
    if (!found) {
      throw new Error(`A result must have a row '${values.join(', ')}', got: ${results.map((row) => row[columns[0]])}`);
    }
    return found;
  };
}
