import type { KnownBlock, MrkdwnElement } from '@slack/types';
import { buttonsBlock } from './buttons';
import { escapeMrkdwn, manyLines, oneLine, shorten } from './clean-text';
import type { Link, Notice, Severity } from './notice';
import type { SlackMessage } from './slack-message';

/** Slack's limits, in characters or pieces: https://docs.slack.dev/reference/block-kit/blocks */
const LIMITS = { header: 150, section: 3000, field: 2000, fields: 10, text: 4000, context: 2000, url: 3000, links: 10 };

/** Named in words, too: a screen reader says 'white check mark', which tells little. */
const MARKS: Record<Severity, string> = { info: 'ℹ️', success: '✅', warning: '⚠️', error: '🔴' };

/** A notice as Slack takes it: within every limit, and with nothing of outside that Slack would read as its own. */
export function render(notice: Notice, withButtons = false): SlackMessage {
  const title = oneLine(notice.title) || 'Something happened';
  const reason = manyLines(notice.reason ?? '');
  const oneLiner = `${MARKS[notice.severity]} ${title}${reason ? `: ${reason.replace(/\n+/g, '; ')}` : ''}`;
  return {
    text: shorten(escapeMrkdwn(oneLiner), LIMITS.text),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: shorten(`${MARKS[notice.severity]} ${title}`, LIMITS.header), emoji: true },
      },
      ...reasonBlock(reason),
      ...factsBlock(notice.facts ?? []),
      ...linksBlock(notice.links ?? []),
      ...(withButtons && notice.decision ? [buttonsBlock(notice.decision)] : []),
      ...originBlock(notice.origin ?? []),
    ],
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function reasonBlock(reason: string): KnownBlock[] {
  return reason ? [{ type: 'section', text: mrkdwn(escapeMrkdwn(reason), LIMITS.section) }] : [];
}

function factsBlock(facts: [string, string][]): KnownBlock[] {
  const shown = facts.filter(([, value]) => oneLine(value) !== '').slice(0, LIMITS.fields);
  if (shown.length === 0) {
    return [];
  }
  const fields = shown.map(([name, value]) =>
    mrkdwn(`*${escapeMrkdwn(oneLine(name))}*\n${escapeMrkdwn(oneLine(value))}`, LIMITS.field),
  );
  return [{ type: 'section', fields }];
}

function linksBlock(links: Link[]): KnownBlock[] {
  const shown = links
    .filter(({ url }) => /^https:\/\/[^\s|<>]+$/.test(url) && url.length <= LIMITS.url)
    .slice(0, LIMITS.links)
    .map(({ text, url }) => `<${escapeMrkdwn(url)}|${escapeMrkdwn(oneLine(text)).replace(/\|/g, '¦')}>`);
  return shown.length > 0 ? [{ type: 'section', text: mrkdwn(joinWithin(shown, ' · ', LIMITS.section)) }] : [];
}

function originBlock(origin: string[]): KnownBlock[] {
  const text = origin.map(oneLine).filter(Boolean).join(' · ');
  return text ? [{ type: 'context', elements: [mrkdwn(escapeMrkdwn(text), LIMITS.context)] }] : [];
}

/** `verbatim` keeps Slack from finding links and mentions by itself. */
function mrkdwn(text: string, limit = Number.POSITIVE_INFINITY): MrkdwnElement {
  return { type: 'mrkdwn', text: shorten(text, limit), verbatim: true };
}

/** As many whole pieces as fit: half a link is none. */
function joinWithin(pieces: string[], separator: string, limit: number): string {
  return pieces.reduce((joined, piece) => {
    const longer = joined ? joined + separator + piece : piece;
    return longer.length <= limit ? longer : joined;
  }, '');
}
