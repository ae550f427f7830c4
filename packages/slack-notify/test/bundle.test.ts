import { statSync } from 'node:fs';
import { join } from 'node:path';

test.each(['post-event', 'answer-approval'])('the function %s is smaller than 100 KB', (name) => {
  const { size } = statSync(join(__dirname, '..', 'assets', name, 'index.js'));

  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThan(100_000);
});
