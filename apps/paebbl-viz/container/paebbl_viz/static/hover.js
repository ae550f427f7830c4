/** Says under a chart what is under the cursor: of how many rows a mark is one, and the exact values of the nearest. */

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

/** `plot` is a drawn chart; marks whose trace says its columns in `meta` are answered. */
export function sayWhatIsUnder(plot) {
  let timer;
  let asked = 0;
  plot.on('plotly_hover', ({ points: [point] }) => {
    clearTimeout(timer);
    const { meta } = point.data;
    const at = [number(point.xaxis, point.x), number(point.yaxis, point.y)];
    if (!meta?.x || !meta?.y || !at.every(Number.isFinite)) return;
    const reach = [point.xaxis, point.yaxis].map((axis) => Math.abs(axis.p2c(REACH) - axis.p2c(0)));
    const mine = ++asked;
    timer = setTimeout(async () => {
      const query = new URLSearchParams([...filters(), ['x', meta.x], ['y', meta.y], ['at', at], ['reach', reach]]);
      const response = await fetch(`/points.json?${query}`).catch(() => undefined);
      if (response?.ok && mine === asked) place().textContent = words(await response.json());
    }, REST);
  });
}
