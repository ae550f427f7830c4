/** The upload page: straight to the bucket, then look, then publish or discard. */

const [drop, file, progress, result] = ['drop', 'file', 'progress', 'result'].map((id) => document.getElementById(id));
let upload;
let title;
// Of what was looked at: nothing else is published.
let tag;

function say(text, bad = false) {
  progress.hidden = !text;
  progress.className = bad ? 'problem' : 'notice';
  progress.textContent = text;
}

async function post(address, body = {}) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const words = answer.error ?? `The server answered ${response.status}. Load the page again.`;
    throw Object.assign(new Error(words), { status: response.status });
  }
  return answer;
}

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks until the file is understood: that of a large one takes longer than any request may. */
async function understood() {
  const started = Date.now();
  let failures = 0;
  for (;;) {
    try {
      const answer = await post(`/upload/${upload}/check`, { title });
      if (!answer.state) return answer;
      failures = 0;
      // Now and then, because a screen reader says each change.
      const passed = Math.floor((Date.now() - started) / 15_000) * 15;
      const what = answer.state === 'reading' ? 'Reading the file…' : 'Another file is read before this one…';
      say(passed ? `${what} ${passed} seconds so far.` : what);
    } catch (error) {
      // A server that is being replaced is back in a moment.
      if ((error.status !== undefined && error.status < 502) || ++failures > 10) throw error;
    }
    await sleep(1000 * Math.max(1, failures));
  }
}

async function send(chosen) {
  result.hidden = true;
  say(`Uploading ${chosen.name}…`);
  const form = await post('/upload/form');
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append('file', chosen);
  const stored = await fetch(form.url, { method: 'POST', body });
  if (!stored.ok) throw new Error(`The file was not accepted (${stored.status}): it is empty or larger than allowed.`);
  upload = form.id;
  title = chosen.name;
  say('Reading the file…');
  show(await understood());
}

function show(answer) {
  if (answer.problem) {
    say(`${answer.problem} ${answer.next_step}`, true);
    return;
  }
  say('');
  tag = answer.tag;
  result.hidden = false;
  document.getElementById('summary').textContent =
    `${title}: ${answer.rows.toLocaleString('en')} rows, ${answer.columns.length} columns, separated by ${answer.delimiter}.`;
  document
    .getElementById('remarks')
    .replaceChildren(...answer.notes.map((note) => Object.assign(document.createElement('li'), { textContent: note })));
  document.getElementById('understood').replaceChildren(
    ...answer.columns.map((column) => {
      const row = document.createElement('tr');
      for (const text of [column.name, column.words, column.values, column.missing || '–'])
        row.append(Object.assign(document.createElement('td'), { textContent: text }));
      row.lastChild.className = 'num';
      return row;
    }),
  );
  document.getElementById('preview').href = `/?version=${answer.version}`;
  // For who cannot see that something appeared below.
  result.focus();
}

/** Which version everybody sees, in the words of the server. */
const onShow = () => fetch('/readyz').then((response) => response.text());

/** Does something after which everybody sees another version, and shows the page again when they do. */
async function replace(words, work) {
  const before = await onShow();
  await work();
  say(`${words}. In a few seconds everybody sees it…`);
  const deadline = Date.now() + 15_000;
  while ((await onShow()) === before && Date.now() < deadline) await sleep(500);
  location.reload();
}

let acting = false;

/** One thing at a time: a second click while the first is under way would publish twice. */
async function act(work) {
  if (acting) return;
  acting = true;
  try {
    await work();
  } catch (error) {
    say(error.message, true);
  }
  acting = false;
}

file.addEventListener('change', () => file.files[0] && act(() => send(file.files[0])));
drop.addEventListener('dragover', (event) => {
  event.preventDefault();
  drop.classList.add('over');
});
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  if (event.dataTransfer.files[0]) act(() => send(event.dataTransfer.files[0]));
});
document
  .getElementById('publish')
  .addEventListener('click', () =>
    act(() => replace('Published', () => post(`/upload/${upload}/publish`, { title, tag }))),
  );
document.getElementById('discard').addEventListener('click', () =>
  act(async () => {
    await post(`/upload/${upload}/discard`);
    result.hidden = true;
    file.value = '';
    say('The file was thrown away.');
  }),
);
for (const button of document.querySelectorAll('[data-name]'))
  button.addEventListener('click', () =>
    act(() => replace('Brought back', () => post(`/upload/published/${button.dataset.name}/bring-back`))),
  );
