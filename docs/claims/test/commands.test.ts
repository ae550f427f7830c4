import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blocks, written } from '../../site/src/blocks';
import { read, root } from '../../site/src/tree';

/** Tools of this repository, by how the pages call them. */
const TOOLS = [
  {
    called: /(?:npx (?:--yes )?@paebbl\/ecs-ec2-service|ecs-rollout)((?: [^\n|`]*)?)/g,
    bundle: 'ecs-ec2-service/assets/bin/ecs-rollout.js',
  },
  {
    called: /(?:npx (?:--yes )?@paebbl\/slack-notify|(?<![/@])\bslack-notify) ((?:send|channel)[^\n|`]*)/g,
    bundle: 'slack-notify/assets/bin/slack-notify.js',
  },
  { called: /(?:npx @paebbl\/preview|viz-preview)( --[^\n|`]*)/g, bundle: 'preview/assets/bin/viz-preview.js' },
];

/** What is typed into a terminal: a line that ends with a backslash goes on. */
const typed = blocks()
  .filter(({ info }) => /^(sh|bash|yaml)$/.test(info))
  .map(({ source, code }) => ({ source, code: code.replace(/\\\n\s*/g, ' ') }));

/** Scripts of a package.json of the repository. */
function scriptsOf(folder: string): string[] {
  return Object.keys((JSON.parse(read(join(folder, 'package.json'))) as { scripts: object }).scripts);
}

/** Of the root; of another team's repository, too, where the page speaks of one. */
function scriptsFor(source: string): string[] {
  const anotherTeams = ['start', 'test', 'lock', 'python', 'synth', 'projen'];
  const speaksOfOne = /projen-viz-app|\/505-|^CHANGELOG/.test(source);
  return [...scriptsOf('.'), ...(speaksOfOne ? anotherTeams : [])];
}

test('every npm script that a page names is there', () => {
  const named = written().flatMap((source) =>
    [...read(source).matchAll(/`?npm (?:run )?([a-z][\w:-]*)/g)]
      .map(([text, script]) => ({ source, script, run: text.includes('npm run') }))
      .filter(({ run, script }) => run || ['start', 'test'].includes(script)),
  );

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ source, script }) => !scriptsFor(source).includes(script))).toEqual([]);
});

test('every benchmark that a page names is there', () => {
  const named = written().flatMap((source) =>
    [...read(source).matchAll(/npm run bench -- ([a-z][\w-]*)/g)].map(([, name]) => name),
  );

  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !existsSync(join(root, 'benchmarks', name, 'run.mjs')))).toEqual([]);
});

test('no page has npx fetch a package that is not of this project, and that anybody could publish', () => {
  const installed = ['cdk', 'projen', 'nx', 'tsx', 'biome', 'jest', 'tsc'];
  const named = written().flatMap((source) =>
    [...read(source).matchAll(/\bnpx (?:--yes )?(@?[a-z][\w./-]*)/g)].map(([, name]) => ({ source, name })),
  );

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !name.startsWith('@paebbl/') && !installed.includes(name))).toEqual([]);
});

test.each(TOOLS)('every flag that a page gives to $bundle is in its help', ({ called, bundle }) => {
  const calls = typed.flatMap(({ source, code }) =>
    [...code.matchAll(called)].map(([, words]) => ({ source, words: words.split(/ -- /)[0].trim().split(/\s+/) })),
  );
  const help = new Map<string, string>();
  const helpOf = (command: string) => {
    if (!help.has(command)) {
      const words = command.startsWith('-') ? ['--help'] : [command, '--help'];
      const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'packages', bundle), ...words], {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
      help.set(command, `${stdout}${stderr}`);
    }
    return help.get(command) as string;
  };

  const unknown = calls.flatMap(({ source, words }) =>
    words
      .filter((word) => /^--[a-z]/.test(word))
      .map((word) => word.split('=')[0])
      .filter((flag) => !helpOf(words[0]).includes(flag))
      .map((flag) => `${source}: ${words[0]} ${flag}`),
  );

  expect(calls.length).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});
