import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, read, root } from './tree';

/** A page of the site: one Markdown file of the repository. */
export interface Page {
  /** Path of the file, from the root of the repository. */
  readonly source: string;
  /** Path of the page on the site, without its ending. A folder's own page ends with `index`. */
  readonly path: string;
  /** What the navigation calls it. */
  readonly title: string;
}

/** A group of pages in the navigation. */
export interface Section {
  readonly title: string;
  readonly pages: Page[];
  /**
   * Whether the group is open when the reader comes.
   *
   * @default false
   */
  readonly open?: boolean;
}

/** Packages in the order in which traffic meets them. */
const PACKAGES = [
  'ecr-pipeline',
  'ecs-ec2-service',
  'cognito-alb-auth',
  'slack-notify',
  'projen-viz-app',
  'preview',
  'alb-identity',
  'alb-identity-python',
];

/** The whole navigation. A file that is not in here is no page: links to it lead to the repository. */
export function sections(): Section[] {
  return [
    {
      title: 'Start',
      open: true,
      pages: [
        page('docs/get-started.md', 'get-started', 'Get started in five minutes'),
        page('docs/architecture.md', 'architecture', 'How it fits together'),
        page('apps/paebbl-viz/infra/README.md', 'apps/first-deployment', 'The first deployment'),
        page('apps/paebbl-viz/container/README.md', 'apps/dashboard', 'The dashboard'),
      ],
    },
    {
      title: 'Guides',
      open: true,
      pages: [
        page('docs/guides/languages.md', 'guides/languages', 'In your language'),
        page('docs/guides/migrate.md', 'guides/migrate', 'Migrate from hand-typed commands'),
        page('docs/guides/operate.md', 'guides/operate', 'Operate'),
        page('docs/guides/costs.md', 'guides/costs', 'What it costs'),
        page('docs/guides/security.md', 'guides/security', 'Security model'),
        page('docs/scale.md', 'guides/scale', '10, 100 and 1,000 apps'),
        page('docs/guides/troubleshooting.md', 'guides/troubleshooting', 'Troubleshooting'),
      ],
    },
    ...PACKAGES.map((name) => ({ title: name, pages: packagePages(name) })),
    {
      title: 'Decisions',
      pages: [
        page('docs/decisions/README.md', 'decisions/index', 'All decisions'),
        ...filesIn('docs/decisions', '.md')
          .filter((file) => file !== 'README.md')
          .map((file) => page(`docs/decisions/${file}`, `decisions/${file.replace(/\.md$/, '')}`)),
      ],
    },
    {
      title: 'Project',
      pages: [
        page('docs/benchmarks.md', 'benchmarks', 'Benchmarks'),
        page('CHANGELOG.md', 'changelog', 'Changes'),
        page('CONTRIBUTING.md', 'contributing', 'Contribute'),
        page('docs/releases.md', 'releases', 'Release'),
        page('consumers/README.md', 'consumers', 'What another team gets'),
        page('SECURITY.md', 'security', 'Report a vulnerability'),
      ],
    },
  ];
}

/** Every page but the first one. */
export function pages(): Page[] {
  return sections().flatMap((section) => section.pages);
}

function packagePages(name: string): Page[] {
  const folder = `packages/${name}`;
  return [
    page(`docs/packages/${name}.md`, `${folder}/how-it-works`, 'How it works'),
    page(`${folder}/README.md`, `${folder}/index`, 'Use it'),
    page(`${folder}/API.md`, `${folder}/api`, 'API reference'),
  ].filter(({ source }) => existsSync(join(root, source)));
}

/** Without a title of its own the page is called by its first heading. */
function page(source: string, path: string, title = headingOf(source)): Page {
  return { source, path, title };
}

function headingOf(source: string): string {
  return /^# (.+)$/m.exec(read(source))?.[1].replace(/`/g, '') ?? source;
}
