import { shapes } from '../src/shapes';
import { read } from '../src/tree';

const page = read('docs/guides/costs.md');

test.each(shapes())('the costs of "$name" are those of its template', ({ row }) => {
  expect(page).toContain(row);
});
