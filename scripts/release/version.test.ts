import { type Change, mayBreak, nextVersion } from './version';

const change = (type: string, breaking = false): Change => ({ type, breaking, subject: 'something' });

test.each([
  ['1.2.3', [change('feat'), change('fix')], '1.3.0'],
  ['1.2.3', [change('fix')], '1.2.4'],
  ['1.2.3', [change('perf')], '1.2.4'],
  ['1.2.3', [change('revert')], '1.2.4'],
  ['1.2.3', [change('fix', true)], '2.0.0'],
  ['1.2.3', [change('chore', true), change('feat')], '2.0.0'],
  ['0.9.9', [change('feat')], '0.10.0'],
  ['0.2.3', [change('fix')], '0.2.4'],
])('after %s and %j comes %s', (last, changes, next) => {
  expect(nextVersion(last, changes)).toBe(next);
});

test('before 1.0 a breaking change is a new minor version', () => {
  expect(nextVersion('0.2.3', [change('feat', true)])).toBe('0.3.0');
});

test('the first release is 0.1.0, whatever changed', () => {
  expect(nextVersion(undefined, [change('fix')])).toBe('0.1.0');
  expect(nextVersion(undefined, [change('feat', true)])).toBe('0.1.0');
});

test('nothing is released when nobody outside would notice', () => {
  expect(nextVersion('1.2.3', [change('docs'), change('test'), change('chore'), change('ci')])).toBeUndefined();
  expect(nextVersion('1.2.3', [{ breaking: false, subject: 'a message without a type' }])).toBeUndefined();
  expect(nextVersion('1.2.3', [])).toBeUndefined();
});

test('what is no version of a release is refused', () => {
  expect(() => nextVersion('1.2', [change('fix')])).toThrow("'version' must be three numbers such as 1.2.3, got: 1.2");
  expect(() => nextVersion('1.2.3-rc.1', [change('fix')])).toThrow("'version' must be three numbers");
});

test.each([
  ['1.2.3', '2.0.0', true],
  ['1.2.3', '1.3.0', false],
  ['0.2.3', '0.3.0', true],
  ['0.2.3', '0.2.4', false],
  ['0.9.0', '1.0.0', true],
  ['1.0.0', '1.0.0', false],
])('from %s to %s something may break: %s', (from, to, expected) => {
  expect(mayBreak(from, to)).toBe(expected);
});
