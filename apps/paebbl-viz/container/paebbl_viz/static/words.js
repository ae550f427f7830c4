/** A chart in one sentence, for whoever cannot see it: what is drawn, and from where to where. */

const KINDS = { bar: 'bars', box: 'boxes', heatmap: 'a heat map', histogram: 'a histogram', pie: 'a pie' };
// More names than this are a list that nobody listens to.
const MOST_NAMES = 8;

function kind({ type, mode = '' }) {
  if (KINDS[type]) return KINDS[type];
  if (!/^scatter(gl)?$/.test(type)) return `a figure of the kind ${type}`;
  if (!mode.includes('lines')) return 'points';
  return mode.includes('markers') ? 'lines with points' : 'lines';
}

/** Titles may hold markup of the library, as in `CO<sub>2</sub>`. */
const plain = (text) => text.replace(/<[^>]*>/g, '');

function end(axis, value) {
  const text = axis.type === 'date' ? `${value}`.slice(0, 16).replace(' 00:00', '') : value;
  return typeof text === 'number' ? Number(text.toPrecision(4)).toLocaleString('en') : text;
}

function range(name, axis) {
  if (!axis?.range) return '';
  const title = plain(axis.title?.text ?? '') || name;
  if (axis.type === 'category') return `${title}: ${(axis._categories ?? []).slice(0, MOST_NAMES).join(', ')}`;
  const ends = axis.type === 'log' ? axis.range.map((power) => 10 ** power) : axis.range;
  return `${title} from ${end(axis, ends[0])} to ${end(axis, ends[1])}`;
}

/** `plot` is a drawn chart. */
export function inWords({ _fullData: traces, _fullLayout: layout }) {
  const shown = traces.filter((trace) => trace.visible === true);
  const kinds = [...new Set(shown.map(kind))].join(' and ');
  const names = [...new Set(shown.filter((trace) => trace.showlegend).map((trace) => plain(trace.name ?? '')))];
  const few = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ' and others' : '');
  const axes = [range('horizontal axis', layout.xaxis), range('vertical axis', layout.yaxis)].filter(Boolean);
  return `The chart shows ${[`${kinds || 'nothing'}${few ? ` for ${few}` : ''}`, ...axes].join('; ')}.`;
}
