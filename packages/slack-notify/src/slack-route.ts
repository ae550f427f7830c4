import type * as iam from 'aws-cdk-lib/aws-iam';
import type { SlackKind, SlackSeverity } from './slack-kind';
import type { SlackSource } from './slack-source';
import type { WebhookUrl } from './webhook-url';

/** What a route takes. Everything that is given must fit. */
export interface SlackFilter {
  /**
   * Where it comes from.
   *
   * @default - any source
   */
  readonly sources?: SlackSource[];

  /**
   * What happened.
   *
   * @default - anything
   */
  readonly kinds?: SlackKind[];

  /**
   * How much it matters.
   *
   * @default - any severity
   */
  readonly severities?: SlackSeverity[];
}

/** What a route is made of, for the construct. */
export interface SlackRouteConfig {
  /** What it takes. */
  readonly filter: SlackFilter;
  /**
   * Where it goes.
   *
   * @default - nowhere
   */
  readonly webhookUrl?: WebhookUrl;
  /** Whether later routes may take the message, too. */
  readonly copy: boolean;
}

/** Takes some messages to another channel, or to none. The first route that fits takes a message. */
export class SlackRoute {
  /** To this channel instead of the construct's own. */
  public static toChannel(webhookUrl: WebhookUrl, filter: SlackFilter): SlackRoute {
    return new SlackRoute({ webhookUrl, filter: checked(filter), copy: false });
  }

  /** To this channel, and also to where it would have gone without this route. */
  public static copyToChannel(webhookUrl: WebhookUrl, filter: SlackFilter): SlackRoute {
    return new SlackRoute({ webhookUrl, filter: checked(filter), copy: true });
  }

  /** To no channel. */
  public static drop(filter: SlackFilter): SlackRoute {
    return new SlackRoute({ filter: checked(filter), copy: false });
  }

  private constructor(
    /** What it is made of. */
    public readonly config: SlackRouteConfig,
  ) {}

  /**
   * What the function reads.
   *
   * @internal
   */
  public _bind(name: string, grantee: iam.IGrantable) {
    const { webhookUrl, filter, copy } = this.config;
    return {
      name,
      webhook: webhookUrl?.bind(grantee),
      sources: filter.sources?.map(({ id }) => id),
      kinds: filter.kinds,
      severities: filter.severities,
      copy: copy || undefined,
    };
  }
}

function checked(filter: SlackFilter): SlackFilter {
  const empty = Object.entries(filter).find(([, values]) => Array.isArray(values) && values.length === 0);
  if (empty || Object.values(filter).every((values) => values === undefined)) {
    throw new Error(`'filter' must name sources, kinds or severities, got: ${empty ? `no ${empty[0]}` : 'nothing'}`);
  }
  return filter;
}
