/**
 * Other ways in which an app behind the door could read a path.
 *
 * The door matches and forwards the path as it came, byte for byte. Web servers are not that strict: many decode
 * `%2e`, merge `//`, cut off `;parameters` or walk up at `..`. A path that belongs to one rule as it came and to
 * another one as somebody may read it is a way around the door, so the door asks whether there is such a reading.
 */
export function pathReadings(path: string): ReadonlySet<string> {
  if (!/[%;\\]|\/\/|\/\./.test(path)) {
    return new Set();
  }
  const once = decode(path);
  const readings = new Set<string>();
  for (const decoded of [path, once, decode(once)]) {
    for (let choice = 0; choice < 2 ** STEPS.length; choice++) {
      readings.add(STEPS.reduce((reading, step, index) => ((choice >> index) & 1 ? step(reading) : reading), decoded));
    }
  }
  readings.delete(path);
  return readings;
}

const STEPS: readonly ((path: string) => string)[] = [
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replace(/;[^/]*/g, ''),
  (path) => path.replace(/\/{2,}/g, '/'),
  removeDotSegments,
];

function decode(path: string): string {
  return path.replace(/%([0-9a-fA-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    if (segment === '..') {
      kept.pop();
    }
    if (segment !== '..' && segment !== '.') {
      kept.push(segment);
    } else if (index === segments.length - 1) {
      kept.push('');
    }
  }
  return `/${kept.join('/')}`;
}
