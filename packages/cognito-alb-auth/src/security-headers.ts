import type { ApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { requireForm, requireThat } from './validation';

/** Whether a page may be shown inside a frame of another one. */
export enum FrameOptions {
  /** Nowhere. */
  DENY = 'DENY',
  /** Only within pages of the same address. */
  SAMEORIGIN = 'SAMEORIGIN',
}

/**
 * Headers that the load balancer puts into every answer, those of the app, the sign-out page and its own alike.
 *
 * The load balancer's value replaces the one that the app may have set.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export interface SecurityHeaders {
  /**
   * `Strict-Transport-Security`: browsers use HTTPS for this address from the first answer on.
   *
   * @default 'max-age=31536000' - one year, without subdomains
   */
  readonly strictTransportSecurity?: string;

  /**
   * `Content-Security-Policy`: where a page may load scripts, styles and data from.
   *
   * Set it here only if the app does not, because this value replaces the app's own.
   *
   * @default - no header from the load balancer: the app knows best which scripts it uses
   */
  readonly contentSecurityPolicy?: string;

  /**
   * `X-Frame-Options`: whether other sites may show a page inside a frame.
   *
   * @default FrameOptions.DENY
   */
  readonly frameOptions?: FrameOptions;

  /**
   * Whether answers carry the load balancer's `Server` header.
   *
   * @default false
   */
  readonly serverHeader?: boolean;
}

const ONE_LINE = /^[\x20-\x7e]{1,1024}$/;

/** @throws Error when a value is more than one line of printable characters */
export function validateSecurityHeaders(headers: SecurityHeaders = {}): void {
  const rule = 'be one line of 1 to 1024 printable ASCII characters';
  requireForm(headers.strictTransportSecurity, 'securityHeaders.strictTransportSecurity', ONE_LINE, rule);
  requireForm(headers.contentSecurityPolicy, 'securityHeaders.contentSecurityPolicy', ONE_LINE, rule);
  requireThat(
    headers.strictTransportSecurity === undefined || /max-age=\d+/.test(headers.strictTransportSecurity),
    'securityHeaders.strictTransportSecurity',
    'have a max-age in seconds',
    headers.strictTransportSecurity,
  );
}

/** Sets the headers as attributes of the listener. */
export function applySecurityHeaders(listener: ApplicationListener, headers: SecurityHeaders = {}): void {
  const response = (name: string) => `routing.http.response.${name}.header_value`;
  listener.setAttribute(response('strict_transport_security'), headers.strictTransportSecurity ?? 'max-age=31536000');
  // The only value that this header has.
  listener.setAttribute(response('x_content_type_options'), 'nosniff');
  listener.setAttribute(response('x_frame_options'), headers.frameOptions ?? FrameOptions.DENY);
  if (headers.contentSecurityPolicy) {
    listener.setAttribute(response('content_security_policy'), headers.contentSecurityPolicy);
  }
  listener.setAttribute('routing.http.response.server.enabled', String(headers.serverHeader ?? false));
}
