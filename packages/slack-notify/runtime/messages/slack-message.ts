import type { KnownBlock } from '@slack/types';

/** What is posted: blocks for eyes, `text` for notifications and screen readers. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
  /** Nothing in `text` becomes a mention or a link by itself. */
  readonly parse: 'none';
  readonly link_names: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}
