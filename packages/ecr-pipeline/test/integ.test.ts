import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeApp } from './integ.team-dashboard';

const snapshot = join(__dirname, 'integ.team-dashboard.snapshot', 'Images.template.json');

/** Names of assets change with aws-cdk-lib, which is no change of ours. */
const scrubbed = (template: object) => `${JSON.stringify(template, null, 1).replace(/[0-9a-f]{64}/g, 'HASH')}\n`;

test('the pipeline stack is as it was reviewed (UPDATE_SNAPSHOTS=1 writes what it is now)', () => {
  const template = scrubbed(makeApp().synth().getStackByName('Images').template);
  if (process.env.UPDATE_SNAPSHOTS) {
    writeFileSync(snapshot, template);
  }
  expect(existsSync(snapshot)).toBe(true);
  expect(template).toBe(readFileSync(snapshot, 'utf8'));
});
