import { TemplateRefusal } from '../errors';
import { flag, integer, oneOf } from './properties';

/** Attributes of the load balancer and its listener that change what a request or its answer looks like. */
export interface DoorAttributes {
  readonly idleTimeoutSeconds: number;
  readonly dropInvalidHeaders: boolean;
  readonly preserveHostHeader: boolean;
  readonly xffMode: 'append' | 'preserve' | 'remove';
  readonly xffClientPort: boolean;
  /** Headers that the listener puts into every answer. */
  readonly responseHeaders: ReadonlyMap<string, string>;
  /** Whether answers carry the load balancer's own `Server` header. */
  readonly serverHeader: boolean;
}

const WITHOUT_EFFECT = [
  /^access_logs\./,
  /^connection_logs\./,
  /^health_check_logs\./,
  /^deletion_protection\.enabled$/,
  /^load_balancing\.cross_zone\.enabled$/,
  /^waf\.fail_open\.enabled$/,
  /^zonal_shift\.config\.enabled$/,
  /^ipv6\.deny_all_igw_traffic$/,
  /^client_keep_alive\.seconds$/,
  /^routing\.http2\.enabled$/,
  // Node's parser is strict: what the mildest mode would let pass is refused here.
  /^routing\.http\.desync_mitigation_mode$/,
];

const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  strict_transport_security: 'strict-transport-security',
  content_security_policy: 'content-security-policy',
  x_content_type_options: 'x-content-type-options',
  x_frame_options: 'x-frame-options',
  access_control_allow_origin: 'access-control-allow-origin',
  access_control_allow_methods: 'access-control-allow-methods',
  access_control_allow_headers: 'access-control-allow-headers',
  access_control_allow_credentials: 'access-control-allow-credentials',
  access_control_expose_headers: 'access-control-expose-headers',
  access_control_max_age: 'access-control-max-age',
};

/** Reads the attributes of a load balancer and of its listener; one that is not known is refused. */
export function readDoorAttributes(
  loadBalancer: ReadonlyMap<string, string>,
  listener: ReadonlyMap<string, string>,
  paths: { readonly loadBalancer: string; readonly listener: string },
): DoorAttributes {
  const known = [
    'idle_timeout.timeout_seconds',
    'routing.http.drop_invalid_header_fields.enabled',
    'routing.http.preserve_host_header.enabled',
    'routing.http.xff_client_port.enabled',
    'routing.http.xff_header_processing.mode',
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
  ];
  const at = paths.loadBalancer;
  for (const [key] of loadBalancer) {
    if (!known.includes(key) && !WITHOUT_EFFECT.some((one) => one.test(key))) {
      throw new TemplateRefusal(at, `the preview does not know the attribute ${key}`);
    }
  }
  if (flag(loadBalancer.get('routing.http.x_amzn_tls_version_and_cipher_suite.enabled'), at)) {
    throw new TemplateRefusal(at, 'the preview has no TLS version and cipher to put into a header');
  }
  return {
    idleTimeoutSeconds: integer(loadBalancer.get('idle_timeout.timeout_seconds') ?? 60, at),
    dropInvalidHeaders: flag(loadBalancer.get('routing.http.drop_invalid_header_fields.enabled'), at),
    preserveHostHeader: flag(loadBalancer.get('routing.http.preserve_host_header.enabled'), at),
    xffMode: oneOf(
      loadBalancer.get('routing.http.xff_header_processing.mode') ?? 'append',
      ['append', 'preserve', 'remove'],
      at,
    ),
    xffClientPort: flag(loadBalancer.get('routing.http.xff_client_port.enabled'), at),
    ...readListenerAttributes(listener, paths.listener),
  };
}

function readListenerAttributes(listener: ReadonlyMap<string, string>, path: string) {
  const responseHeaders = new Map<string, string>();
  for (const [key, value] of listener) {
    const insertion = /^routing\.http\.response\.(\w+)\.header_value$/.exec(key)?.[1];
    const header = insertion && RESPONSE_HEADERS[insertion];
    if (header) {
      if (/[\r\n\0]/.test(value)) {
        throw new TemplateRefusal(path, `the value of ${header} must be one line`);
      }
      responseHeaders.set(header, value);
    } else if (key !== 'routing.http.response.server.enabled') {
      throw new TemplateRefusal(path, `the preview does not know the attribute ${key}`);
    }
  }
  return { responseHeaders, serverHeader: listener.get('routing.http.response.server.enabled') !== 'false' };
}
