import { build as buildEverything } from './integ.everything';
import { build as buildSmallest } from './integ.smallest';

test.each([
  ['smallest', buildSmallest],
  ['everything', buildEverything],
])('the scenario %s synthesizes to what was reviewed', (_name, build) => {
  const { template } = build().synth().getStackByName('Test');

  // Names of assets change with their bytes, which is no change of the template.
  expect(JSON.stringify(template, undefined, 1).replace(/[0-9a-f]{64}/g, 'HASH')).toMatchSnapshot();
});
