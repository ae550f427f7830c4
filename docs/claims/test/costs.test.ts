import { read } from '../../site/src/tree';
import { shapes } from '../src/shapes';

const page = read('docs/guides/costs.md');

test.each(shapes())('the costs of "$name" are those of its template', ({ row }) => {
  expect(page).toContain(row);
});
