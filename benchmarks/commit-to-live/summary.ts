import type { Measured } from './rounds';

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Seconds of the phases of one push, and what came of it. */
export function phasesOf(one: Measured) {
  const { pushedCommitAt, builtAt, pushedAt, registeredAt, verdictAt, toldAt } = one;
  // ECS may end after the tool has given up, or never.
  const ended = Math.min(one.endedAt ?? verdictAt, verdictAt);
  const since = (to: number, from = pushedCommitAt) => (to - from) / 1000;
  const reasonAt = Math.min(one.reason?.at ?? Number.POSITIVE_INFINITY, one.eventToldAt ?? Number.POSITIVE_INFINITY);
  return {
    build: since(builtAt),
    push: since(pushedAt, builtAt),
    register: since(registeredAt, pushedAt),
    rollout: since(ended, registeredAt),
    verdict: since(verdictAt, ended),
    slack: since(toldAt, verdictAt),
    total: since(toldAt),
    withoutTheWait: since(registeredAt) + since(toldAt, verdictAt),
    newVersionSeen: one.newVersionAt === undefined ? undefined : since(one.newVersionAt),
    /** From the start of the rollout, because what is before it is the same for good and bad changes. */
    failureTold:
      one.change.good || (one.success && !Number.isFinite(reasonAt))
        ? undefined
        : since(Math.min(reasonAt, toldAt), registeredAt),
    reasonTold: Number.isFinite(reasonAt) ? since(reasonAt, registeredAt) : undefined,
  };
}

/** A row for each way and change: medians of its rounds. */
export function summarize(measured: Measured[]) {
  const groups = new Map<string, Measured[]>();
  for (const one of measured) {
    const key = `${one.change.name}\n${one.way}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const rows = [...groups.values()].map((all) => rowOf(all));
  return rows.map((row) => {
    const seed = rows.find(({ change, way }) => change === row.change && way === 'seed');
    return {
      ...row,
      seedTimesOursWithoutTheWait:
        seed === undefined || row.way === 'seed'
          ? undefined
          : rounded(seed.withoutTheWaitSeconds / row.withoutTheWaitSeconds),
      // The seed never tells a reason: what counts for it is the bare failure, and never when it calls the change a success.
      seedTimesOursToTellOfFailure:
        seed === undefined ||
        row.way === 'seed' ||
        seed.failureToldSeconds === undefined ||
        row.reasonToldSeconds === undefined
          ? undefined
          : rounded(seed.failureToldSeconds / row.reasonToldSeconds),
    };
  });
}

function rowOf(all: Measured[]) {
  const phases = all.map(phasesOf);
  const [one] = all;
  const median = (name: keyof ReturnType<typeof phasesOf>) => {
    const values = phases.map((phase) => phase[name]).filter((value) => value !== undefined);
    return values.length === all.length
      ? rounded(values.sort((a, b) => a - b)[Math.floor(values.length / 2)])
      : undefined;
  };
  const totals = phases.map(({ withoutTheWait }) => withoutTheWait);
  const sum = (name: 'requests' | 'failed') => all.reduce((total, each) => total + each[name], 0);
  const verdicts = all.map(
    ({ success, change }) => (success === change.good ? '' : 'wrong: ') + (success ? 'success' : 'failure'),
  );
  return {
    change: one.change.name,
    way: one.way,
    rounds: all.length,
    buildSeconds: median('build')!,
    pushSeconds: median('push')!,
    registerSeconds: median('register')!,
    rolloutSeconds: median('rollout')!,
    verdictSeconds: median('verdict')!,
    slackSeconds: median('slack')!,
    withoutTheWaitSeconds: median('withoutTheWait')!,
    newVersionSeenSeconds: one.change.good ? median('newVersionSeen') : undefined,
    verdict: [...new Set(verdicts)].join(' or '),
    failureToldSeconds: median('failureTold'),
    reasonToldSeconds: median('reasonTold'),
    requestsFailed: `${sum('failed')} of ${sum('requests')}`,
    // Objects are in the JSON only, not in the table of the page.
    details: {
      withoutTheWaitSeconds: { shortest: rounded(Math.min(...totals)), longest: rounded(Math.max(...totals)) },
      reason: one.reason?.text,
      toldInSlack: one.eventTitle,
    },
  };
}
