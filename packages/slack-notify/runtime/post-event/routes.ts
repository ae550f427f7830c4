import type { NotifyConfig, RouteConfig, WebhookAddress } from '../../src/event-contract';
import type { Notice } from '../messages/notice';

/** A route that ends in a channel. */
export type ChannelRoute = RouteConfig & { readonly webhook: WebhookAddress };

/** The channels that a notice goes to: the first route that fits takes it, unless it only copies it. */
export function routesOf({ routes }: NotifyConfig, source: string, notice: Notice): ChannelRoute[] {
  const fitting = routes.filter(
    (route) =>
      (route.sources?.includes(source) ?? true) &&
      (route.severities?.includes(notice.severity) ?? true) &&
      (route.kinds?.includes(notice.kind) ?? true),
  );
  const last = fitting.findIndex((route) => !route.copy);
  return (last === -1 ? fitting : fitting.slice(0, last + 1)).filter(isChannel);
}

export function isChannel(route: RouteConfig): route is ChannelRoute {
  return route.webhook !== undefined;
}
