import { defineConfig } from 'vitepress';
import { anchorOf, repositoryLinks } from '../src/markdown';
import { pages, sections } from '../src/pages';
import { repositoryUrl } from '../src/tree';

const addressOf = (path: string) => `/${path.replace(/(^|\/)index$/, '$1')}`;

export default defineConfig({
  title: 'Data Visualization Ops',
  description: 'Put a Python app in front of colleagues, behind company sign-in.',
  lang: 'en-GB',
  srcDir: 'pages',
  outDir: 'dist',
  cleanUrls: true,
  lastUpdated: false,
  // Inter comes with the default theme's files; nothing is asked of anybody else's server.
  markdown: {
    config: repositoryLinks,
    // As on GitHub: types such as `{[ key: string ]: T}` are text, and anchors have the same names.
    attrs: { disable: true },
    anchor: { slugify: anchorOf },
  },
  themeConfig: {
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        // Names of props are found by their parts, and the reference does not drown the guides.
        miniSearch: { searchOptions: { fuzzy: 0.1, prefix: true, boostDocument: (id: string) => (/\/api/.test(id) ? 0.3 : 1) } },
      },
    },
    nav: [
      { text: 'Get started', link: '/get-started' },
      { text: 'Guides', link: '/guides/migrate', activeMatch: '^/guides/' },
      { text: 'Packages', link: '/packages/ecr-pipeline/how-it-works', activeMatch: '^/packages/' },
      { text: 'Changes', link: '/changelog' },
    ],
    sidebar: sections().map(({ title, pages, open }) => ({
      text: title,
      collapsed: open ? undefined : true,
      items: pages.map(({ title, path }) => ({ text: title, link: addressOf(path) })),
    })),
    socialLinks: [{ icon: 'github', link: repositoryUrl }],
    editLink: {
      text: 'Edit this page',
      // Runs in the reader's browser, where nothing of this file is.
      pattern: ({ frontmatter }) => frontmatter.edit,
    },
    footer: { message: 'Apache-2.0' },
  },
});
