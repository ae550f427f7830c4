/** Draws a figure with the smallest bundle that can. */
import { sayWhatIsUnder } from './hover.js';
import { template } from './theme.js';
import { inWords } from './words.js';

const loading = new Map();

function load(address) {
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { src: address });
        script.onload = () => resolve(window.Plotly);
        script.onerror = () => {
          loading.delete(address);
          reject(new Error('The plotting library could not be loaded. Load the page again.'));
        };
        document.head.append(script);
      }),
    );
  }
  return loading.get(address);
}

// The bundle takes longer than the data: both travel at the same time.
const chart = document.getElementById('chart');
if (chart) load(chart.dataset.lean).catch(() => {});

function narrow() {
  return matchMedia('(max-width: 48rem)').matches;
}

/** The ranges on the screen as the server wants them: milliseconds or numbers; nothing for axes of categories. */
function ranges(plot) {
  const found = {};
  for (const [key, axis] of [
    ['zx', plot._fullLayout?.xaxis],
    ['zy', plot._fullLayout?.yaxis],
  ]) {
    if (!axis || axis.autorange || !['date', 'linear'].includes(axis.type)) continue;
    const ends = axis.range.map((end) =>
      axis.type === 'date' ? Date.parse(`${end}`.replace(' ', 'T').concat('Z')) : +end,
    );
    if (ends.every(Number.isFinite) && ends[0] !== ends[1]) found[key] = ends.sort((a, b) => a - b).join(',');
  }
  return found;
}

/**
 * Calls `zoomed(zoom, more)` when somebody has zoomed; `more` is whether the server has more detail of that part than was
 * drawn, or, after zooming out, the rest of it.
 */
export function onZoom(plot, zoomed) {
  let timer;
  plot.zoomed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      plot.zoom = ranges(plot);
      zoomed(plot.zoom, plot.reduced);
    }, 120);
  };
}

// Beside the chart a scale of colours would take a third of a phone's screen.
const SCALE_BELOW = {
  orientation: 'h',
  x: 0,
  xanchor: 'left',
  y: -0.22,
  yanchor: 'top',
  len: 1,
  thickness: 12,
  ticklabelposition: 'outside bottom',
};

/** The figure's traces, with scales of colours where the screen has room for them. */
function dataFor(figure) {
  if (!narrow()) return figure.data;
  return figure.data.map((trace) =>
    trace.type === 'heatmap' || trace.colorbar || trace.marker?.colorbar ? withScaleBelow(trace) : trace,
  );
}

function withScaleBelow(trace) {
  if (!trace.marker?.colorbar) return { ...trace, colorbar: scaleBelow(trace.colorbar) };
  return { ...trace, marker: { ...trace.marker, colorbar: scaleBelow(trace.marker.colorbar) } };
}

function scaleBelow(scale) {
  return { ...scale, ...SCALE_BELOW, title: { ...scale?.title, side: 'top' } };
}

function layoutFor(figure, zoom = {}) {
  const small = narrow();
  const title = figure.layout.title?.text;
  const layout = {
    ...figure.layout,
    template: template(),
    autosize: true,
    margin: small ? { l: 8, r: 8, t: title ? 64 : 40, b: 8 } : { l: 16, r: 16, t: title ? 56 : 32, b: 16 },
    dragmode: small ? false : 'zoom',
    ...(figure.layout.margin && !small ? { margin: figure.layout.margin } : {}),
  };
  for (const [key, name, axis] of [
    ['zx', 'xaxis', figure.layout.xaxis],
    ['zy', 'yaxis', figure.layout.yaxis],
  ]) {
    if (!zoom[key]) continue;
    const ends = zoom[key].split(',').map(Number);
    const isDate = axis?.type === 'date';
    layout[name] = { ...axis, range: isDate ? ends.map((end) => new Date(end).toISOString()) : ends, autorange: false };
  }
  if (small) {
    layout.legend = { ...layout.legend, orientation: 'h', y: -0.2, yref: 'paper', x: 0 };
    for (const key of Object.keys(layout).filter((name) => name.startsWith('coloraxis')))
      layout[key] = { ...layout[key], colorbar: scaleBelow(layout[key].colorbar) };
  }
  return layout;
}

export async function draw(plot, answer, { lean, full, maps }, zoom) {
  const Plotly = await load(answer.bundle === 'lean' && !loading.has(full) ? lean : full);
  const first = !plot.library;
  plot.figure = answer.figure;
  plot.zoom = zoom;
  // Once reduced, a zoom back must ask again, although the detail that is drawn now is complete.
  plot.reduced = answer.reduced || Object.keys(zoom).length > 0;
  plot.library = Plotly;
  const config = {
    responsive: true,
    displaylogo: false,
    // Colleagues' data stay here: no button may send a chart to a service of the library's maker.
    showSendToCloud: false,
    plotlyServerURL: '',
    topojsonURL: maps,
    modeBarButtonsToRemove: ['sendChartToCloud', 'toImage', 'lasso2d', 'select2d', 'autoScale2d'],
  };
  await Plotly.react(plot, dataFor(answer.figure), layoutFor(answer.figure, zoom), config);
  plot.cursor = undefined;
  document.getElementById('words').textContent = inWords(plot);
  if (first) sayWhatIsUnder(plot);
  if (first) plot.on('plotly_relayout', (change) => /axis\d*\./.test(Object.keys(change).join()) && plot.zoomed());
}

/** Draws again with the colours of now. */
export function resize(plot) {
  if (plot.library && plot.figure) plot.library.react(plot, dataFor(plot.figure), layoutFor(plot.figure, plot.zoom));
}

/** Saves the chart as a file, with the background of the page, for which its text is coloured. */
export async function save(plot, format, title) {
  if (!plot.library) return;
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--card').trim();
  const layout = { ...layoutFor(plot.figure, plot.zoom), paper_bgcolor: ground, plot_bgcolor: ground };
  const picture = { data: dataFor(plot.figure), layout: { ...layout, title: layout.title ?? { text: title } } };
  const size = { width: plot.clientWidth, height: plot.clientHeight };
  await plot.library.downloadImage(picture, { format, filename: title, scale: format === 'png' ? 2 : 1, ...size });
}
