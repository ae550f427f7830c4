import { mayBreakUsers } from './compat';
import type { Change } from './version';

const breaking = (scope?: string): Change => ({ type: 'feat', scope, breaking: true, subject: 'something' });
const announced = (changes: Change[], pending?: string) => ({ last: '0.1.0', changes, pending });

test('a commit that says so may break the package that it names', () => {
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '0.1.0', announced([breaking('ecr-pipeline')]))).toBe(true);
  expect(mayBreakUsers('@paebbl/slack-notify', '0.1.0', announced([breaking('ecr-pipeline')]))).toBe(false);
});

test('a commit that names several packages, or none, may break each of them', () => {
  expect(mayBreakUsers('@paebbl/slack-notify', '0.1.0', announced([breaking('ecr-pipeline, slack-notify')]))).toBe(
    true,
  );
  expect(mayBreakUsers('@paebbl/slack-notify', '0.1.0', announced([breaking()]))).toBe(true);
});

test('a feature may not break anything', () => {
  const feature = { ...breaking('ecr-pipeline'), breaking: false };
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '0.1.0', announced([feature]))).toBe(false);
});

test('once the changelog names the next version, that version decides', () => {
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '0.1.0', announced([breaking()], '0.1.1'))).toBe(false);
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '0.1.0', announced([], '0.2.0'))).toBe(true);
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '1.1.0', { ...announced([breaking()], '1.2.0'), last: '1.1.0' })).toBe(
    false,
  );
});

test('a version that is out already announces nothing for the next one', () => {
  expect(mayBreakUsers('@paebbl/ecr-pipeline', '0.1.0', announced([], '0.1.0'))).toBe(false);
});
