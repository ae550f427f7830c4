import type { ProviderOptions } from './provider-options';

/** Where `/logout` leads: to a registered address, or nowhere with a sentence why. */
export type Logout = { readonly location: string } | { readonly refused: string };

/** Checks the parameters of Cognito's `/logout`. Only an address that the client registered is followed. */
export function readLogout(
  query: URLSearchParams,
  { clients, origins }: Pick<ProviderOptions, 'clients' | 'origins'>,
): Logout {
  const client = clients.find(({ clientId }) => clientId === query.get('client_id'));
  if (!client) {
    return { refused: 'client_id is missing, or no user pool client has it.' };
  }
  const wanted = query.get('logout_uri');
  if (wanted === null) {
    return { refused: 'logout_uri is missing.' };
  }
  const registered = client.logoutUrls.find((url) => url === wanted || origins.toLocal(url) === wanted);
  if (registered === undefined) {
    return { refused: 'logout_uri is not one of the LogoutURLs of the user pool client.' };
  }
  return { location: origins.toLocal(registered) };
}
