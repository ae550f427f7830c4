import { cutRelease, newestRelease } from './changelog';

const changelog = [
  '# Changelog',
  '',
  'What a user will see.',
  '',
  '## Unreleased',
  '',
  '- Charts print.',
  '',
  '## 0.1.0 (2026-11-01)',
  '',
  '- The first.',
  '',
].join('\n');

test('what is unreleased becomes the section of the version, below an empty Unreleased', () => {
  expect(cutRelease(changelog, '0.2.0', '2026-12-01')).toBe(
    changelog.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 (2026-12-01)\n'),
  );
});

test('older sections stay as they are', () => {
  expect(cutRelease(changelog, '0.2.0', '2026-12-01')).toContain('## 0.1.0 (2026-11-01)\n\n- The first.\n');
});

test('an empty Unreleased is refused with what to write there', () => {
  const released = cutRelease(changelog, '0.2.0', '2026-12-01');
  expect(() => cutRelease(released, '0.3.0', '2026-12-02')).toThrow(
    '"## Unreleased" in CHANGELOG.md is empty: write there what a user will see of 0.3.0, one line for each thing.',
  );
});

test('a changelog without Unreleased is refused', () => {
  expect(() => cutRelease('# Changelog\n', '0.1.0', '2026-12-01')).toThrow('must have one heading "## Unreleased"');
});

test('the newest release is the topmost section with a version', () => {
  expect(newestRelease(changelog)).toEqual({ version: '0.1.0', notes: '- The first.' });
  expect(newestRelease(cutRelease(changelog, '0.2.0', '2026-12-01'))).toEqual({
    version: '0.2.0',
    notes: '- Charts print.',
  });
});

test('before the first release there is none', () => {
  expect(newestRelease('# Changelog\n\n## Unreleased\n\n- Something.\n')).toBeUndefined();
});
