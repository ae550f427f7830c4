/**
 * Says under a chart what is under the cursor: of how many rows a mark is one, and the exact values of the nearest.  With
 * the keyboard the cursor goes from mark to mark: arrows to the sides along a trace, up and down to another one.
 */

// How far around the cursor counts, in CSS px, and how long it must rest, in milliseconds.
const REACH = 4;
const REST = 120;

/** The filters of the page, from the address of its figure. */
function filters() {
  const query = document.getElementById('chart').dataset.figure.split('?')[1] ?? '';
  return [...new URLSearchParams(query)].filter(([key]) => /^(in|min|max)\.|^version$/.test(key));
}

function place() {
  const caption = document.querySelector('#chart figcaption');
  const found = document.getElementById('under');
  if (found) return found;
  const made = Object.assign(document.createElement('p'), { id: 'under' });
  made.setAttribute('role', 'status');
  caption.after(made);
  return made;
}

function words({ count, rows }) {
  if (!rows.length) return '';
  const [nearest] = rows;
  const cells = nearest.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}`);
  return `${count === 1 ? 'One row here' : `${count.toLocaleString('en')} rows here, the nearest`} – ${cells.join(' · ')}`;
}

/** Milliseconds or a number, as the server wants it; NaN for categories. */
function number(axis, value) {
  return axis.type === 'date' ? axis.d2c(value) : axis.type === 'linear' ? +value : Number.NaN;
}

/** `plot` is a drawn chart; marks whose trace says its columns in `meta` are answered with the rows behind them. */
export function sayWhatIsUnder(plot) {
  let timer;
  let asked = 0;
  function sayOf(point) {
    clearTimeout(timer);
    const { meta } = point.data;
    const at = [number(point.xaxis, point.x), number(point.yaxis, point.y)];
    if (!meta?.x || !meta?.y || !at.every(Number.isFinite)) return false;
    const reach = [point.xaxis, point.yaxis].map((axis) => Math.abs(axis.p2c(REACH) - axis.p2c(0)));
    const mine = ++asked;
    timer = setTimeout(async () => {
      const query = new URLSearchParams([...filters(), ['x', meta.x], ['y', meta.y], ['at', at], ['reach', reach]]);
      const response = await fetch(`/points.json?${query}`).catch(() => undefined);
      if (response?.ok && mine === asked) place().textContent = words(await response.json());
    }, REST);
    return true;
  }
  plot.on('plotly_hover', ({ points: [point] }) => point.xaxis && sayOf(point));
  plot.addEventListener('keydown', (event) => {
    const point = step(plot, event.key);
    if (!point) return;
    event.preventDefault();
    // A mark that is no row, as a mean or a bar, says its own values.
    if (!sayOf(point))
      place().textContent = `${point.fullData.name}: ${point.xLabel ?? point.x}, ${point.yLabel ?? point.y}`;
  });
}

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Moves the library's own cursor to the next mark and returns it; nothing where it cannot be moved. */
function step(plot, key) {
  const move = STEPS[key];
  if (!move || !plot._fullLayout?.xaxis || !plot.calcdata) return undefined;
  const traces = plot.calcdata
    .map((marks, curve) => ({ marks, curve }))
    .filter(({ marks }) => marks[0]?.trace?.visible);
  if (!traces.length) return undefined;
  const { trace = 0, mark = -1 } = plot.cursor ?? {};
  const nextTrace = Math.min(traces.length - 1, Math.max(0, trace + move[1]));
  const { marks, curve } = traces[nextTrace];
  const nextMark = Math.min(marks.length - 1, Math.max(0, mark + move[0]));
  plot.cursor = { trace: nextTrace, mark: nextMark };
  plot.library.Fx.hover(plot, [{ curveNumber: curve, pointNumber: nextMark }]);
  return plot._hoverdata?.find((point) => point.curveNumber === curve && point.xaxis);
}
