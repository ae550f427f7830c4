import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const executablePath = [process.env.CHROME_PATH, ...usualPlaces].find((path) => path && existsSync(path));

/**
 * `describe` for tests that need a browser. Without one they are skipped with a sentence that says how to get it; where
 * CI is set, that is a failure instead.
 */
export function describeInBrowser(name: string, tests: () => void) {
  if (executablePath) {
    describe(name, tests);
    return;
  }
  const sentence =
    'No browser found: install Chromium (Debian: apt-get install chromium) or Chrome, or name one with CHROME_PATH.';
  if (process.env.CI) {
    test(name, () => {
      throw new Error(sentence);
    });
    return;
  }
  console.warn(`Skipped: ${name}. ${sentence}`);
  describe.skip(name, tests);
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      // Containers and CI run as root, where Chromium's sandbox refuses to start.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
