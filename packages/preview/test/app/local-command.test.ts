import { createServer } from 'node:net';
import { freePort, localCommand } from '../../src/app/local-command';

test.each([
  ['gunicorn --bind 0.0.0.0:5000 app:app', 'gunicorn --bind 127.0.0.1:9 app:app'],
  ['gunicorn --bind=0.0.0.0:5000 app:app', 'gunicorn --bind=127.0.0.1:9 app:app'],
  ['gunicorn -b :5000 app:app', 'gunicorn -b :9 app:app'],
  ['gunicorn --bind [::]:5000 app:app', 'gunicorn --bind 127.0.0.1:9 app:app'],
  ['flask run --host 0.0.0.0 --port 5000', 'flask run --host 127.0.0.1 --port 9'],
  [
    'streamlit run app.py --server.port=5000 --server.address=0.0.0.0',
    'streamlit run app.py --server.port=9 --server.address=127.0.0.1',
  ],
  ['serve http://0.0.0.0:5000', 'serve http://127.0.0.1:9'],
  ['serve 0.0.0.0.example 5000x', 'serve 0.0.0.0.example 5000x'],
  ['serve --workers 50001 --limit 15000', 'serve --workers 50001 --limit 15000'],
])('%s becomes %s', (command, expected) => {
  expect(localCommand(command.split(' '), 5000, 9)).toEqual(expected.split(' '));
});

test('a free port is one at which something can listen', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await new Promise((resolve) => server.close(resolve));
  expect(port).toBeGreaterThan(0);
});
