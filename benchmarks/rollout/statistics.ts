/** The value below which this share of all lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export function rounded(value: number | undefined, digits = 1): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : Number(value.toFixed(digits));
}

/** The same sequence in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** One after the other: virtual time has room for one. */
export async function inTurn<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const job of jobs) {
    results.push(await job());
  }
  return results;
}
