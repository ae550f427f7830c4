/** Time between two moments, for people: `3 min 12 s`. Empty when either is no time. */
export function duration(from: string, to: string): string {
  const milliseconds = Date.parse(to) - Date.parse(from);
  return milliseconds >= 0 ? inWords(milliseconds) : '';
}

/** `12 s`, `3 min 12 s`, `2 h 5 min`, `4 d 3 h`. */
export function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const units: [number, string][] = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  if (first === -1) {
    return '0 s';
  }
  const [size, name] = units[first] ?? [1, 's'];
  const next = units[first + 1];
  const rest = next ? Math.floor((seconds % size) / next[0]) : 0;
  return `${Math.floor(seconds / size)} ${name}${next && rest > 0 ? ` ${rest} ${next[1]}` : ''}`;
}
