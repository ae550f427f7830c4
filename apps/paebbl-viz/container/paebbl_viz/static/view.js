/** A view's page: fetches the figure, draws it, and keeps the address in step with the controls. */
import { draw, onZoom, resize, save } from './chart.js';
import { onThemeChange } from './theme.js';

const chart = document.getElementById('chart');
const form = document.getElementById('controls');
const state = document.getElementById('state');
const rows = document.getElementById('rows');
const saveButtons = document.querySelectorAll('[data-save]');
const ZOOM = ['zx', 'zy'];
let asked = 0;
let etag;
let address = chart.dataset.figure;

function say(text, { bad = false, link } = {}) {
  state.hidden = false;
  state.classList.toggle('bad', bad);
  state.setAttribute('role', bad ? 'alert' : 'status');
  state.replaceChildren(
    ...text.split('\n').map((line) => Object.assign(document.createElement('p'), { textContent: line })),
  );
  if (link) state.append(Object.assign(document.createElement('a'), link));
}

/** The answer of the server as {figure,...}, {empty} or {error}; network troubles become {error} too. */
async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    if (response.redirected || !(response.headers.get('content-type') ?? '').includes('json')) {
      return { error: 'You are signed out, or the server is being updated.', reload: true };
    }
    etag = response.headers.get('etag');
    return await response.json();
  } catch {
    return { error: 'The server cannot be reached. Check your connection.', reload: true };
  }
}

/** The size decides how many points are worth sending; rounded, so that screens share answers in the cache. */
function sized(base, zoom) {
  const plot = document.getElementById('plot');
  const [wide, high] = [plot.clientWidth || 1000, plot.clientHeight || 600].map((px) => Math.ceil(px / 200) * 200);
  const more = new URLSearchParams({ w: wide, h: high, ...zoom });
  return `${base}${base.includes('?') && !base.endsWith('?') ? '&' : base.endsWith('?') ? '' : '?'}${more}`;
}

async function show(zoom = {}) {
  const mine = ++asked;
  chart.classList.add('busy');
  chart.setAttribute('aria-busy', 'true');
  const answer = await ask(sized(address, zoom));
  if (mine !== asked) return; // a newer question is under way
  chart.classList.remove('busy');
  chart.setAttribute('aria-busy', 'false');
  const plot = document.getElementById('plot');
  plot.hidden = !answer.figure;
  document.getElementById('words').textContent = '';
  chart.classList.toggle('bare', !answer.figure);
  for (const button of saveButtons) button.disabled = !answer.figure;
  if (answer.error) {
    const link = answer.reload ? { textContent: 'Load the page again', href: location.href } : undefined;
    say(
      answer.kind === 'view_failed' ? `This view has an error. All other pages work.\n${answer.error}` : answer.error,
      {
        bad: true,
        link,
      },
    );
    rows.textContent = '';
  } else if (answer.empty) {
    say('No row passes these filters.', { link: { textContent: 'Take all filters away', href: location.pathname } });
    rows.textContent = `0 of ${answer.total.toLocaleString('en')} rows`;
  } else {
    try {
      await draw(plot, answer, chart.dataset, zoom);
      state.hidden = true;
    } catch (error) {
      say(`The chart cannot be drawn.\n${error.message}`, { bad: true });
    }
    const part = answer.rows === answer.total ? 'All' : `${answer.rows.toLocaleString('en')} of`;
    rows.textContent = `${part} ${answer.total.toLocaleString('en')} rows`;
  }
}

/** The part of the chart that the address says was zoomed to. */
function zoomOfAddress() {
  const pairs = new URLSearchParams(location.search);
  return Object.fromEntries(ZOOM.filter((key) => pairs.has(key)).map((key) => [key, pairs.get(key)]));
}

/** Keeps what is on the screen in the address, so that a link shows the same to somebody else. */
function keepInAddress(zoom) {
  const pairs = new URLSearchParams(location.search);
  for (const key of ZOOM) pairs.delete(key);
  for (const [key, value] of Object.entries(zoom)) pairs.set(key, value);
  history.replaceState(null, '', String(pairs) ? `?${pairs}` : location.pathname);
}

function query() {
  const pairs = [...new FormData(form)].filter(([key, value]) => value !== '' && key !== 'add');
  // A checkbox that is on follows the hidden 'off' of the same name: only the last one counts.
  const last = new Map(pairs.filter(([key]) => key.startsWith('p.')));
  return new URLSearchParams([...pairs.filter(([key]) => !key.startsWith('p.')), ...last]).toString();
}

function onControl(event) {
  if (event.target.name === 'add' || !form.checkValidity()) return;
  const text = query();
  if (event.target.name.startsWith('p.')) {
    history.replaceState(null, '', text ? `?${text}` : location.pathname);
    address = `${location.pathname}/figure.json?${text}`;
    show();
  }
}

form.addEventListener('change', onControl);
form.querySelector('[name=add]')?.addEventListener('change', () => form.requestSubmit());
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = [
    query(),
    ...new FormData(form)
      .getAll('add')
      .filter(Boolean)
      .map((name) => new URLSearchParams({ add: name })),
  ];
  location.assign(`?${text.filter(String).join('&')}`);
});
const copy = document.getElementById('copy');
copy.addEventListener('click', async () => {
  const copied = document.getElementById('copied');
  try {
    // The address holds filters, controls and zoom: whoever opens it sees this chart.
    await navigator.clipboard.writeText(location.href);
    copied.textContent = 'Copied';
    setTimeout(() => {
      copied.textContent = '';
    }, 2000);
  } catch {
    copied.textContent = 'Not allowed here: copy the address of this page.';
  }
});
for (const button of saveButtons)
  button.addEventListener('click', () =>
    save(document.getElementById('plot'), button.dataset.save, chart.dataset.title),
  );
onThemeChange(() => resize(document.getElementById('plot')));
// While views are being written, a saved file shows in every open page.
async function watch() {
  const zoom = document.getElementById('plot').zoom ?? {};
  const response = document.hidden
    ? undefined
    : await fetch(sized(address, zoom), { cache: 'no-cache' }).catch(() => undefined);
  if (response?.ok && etag && response.headers.get('etag') !== etag) await show(zoom);
  setTimeout(watch, 1500);
}

if ('reloads' in chart.dataset) setTimeout(watch, 1500);
onZoom(document.getElementById('plot'), (zoom, more) => {
  keepInAddress(zoom);
  if (more) show(zoom);
});
show(zoomOfAddress());
