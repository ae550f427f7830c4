import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import type { PoolClient } from './user-pool';

/** Where the load balancer sends the browser back to after sign-in, below the origin of the app. */
export const CALLBACK_PATH = '/oauth2/idpresponse';

/**
 * The origin under which colleagues open the app, for example `https://viz.example.com`.
 *
 * It stands nowhere in a load balancer; the certificate and the client's callback URLs name it.
 */
export function findPublicOrigin(resolver: Resolver, clients: readonly PoolClient[]): string {
  const callbacks = clients.flatMap((client) => client.callbackUrls);
  const origins = [
    ...callbacks.filter((url) => url.endsWith(CALLBACK_PATH)),
    ...callbacks,
    ...clients.flatMap((client) => client.logoutUrls),
  ]
    .map((url) => new URL(url).origin)
    .filter((origin) => origin.startsWith('https://'));
  if (origins.length > 0) {
    return origins[0];
  }
  for (const [id, { Properties = {} }] of resolver.resources('AWS::CertificateManager::Certificate')) {
    const domain = resolver.string(Properties.DomainName, `Resources.${id}.Properties.DomainName`);
    if (!domain.startsWith('*')) {
      return `https://${domain}`;
    }
  }
  throw new TemplateRefusal('Resources', 'neither a callback URL nor a certificate names the domain of the app');
}
