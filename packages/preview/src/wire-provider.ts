import { companyHandler } from './federation/company-server';
import { Federation } from './federation/federation';
import type { Handler } from './front-door/listen';
import type { ProviderClient } from './identity-provider/provider-options';
import { providerHandler } from './identity-provider/provider-server';
import { Triggers } from './identity-provider/triggers';
import type { PreviewModel } from './model/preview-model';
import { CALLBACK_PATH } from './model/public-origin';
import type { Wiring } from './wiring';

/** Puts the user pool's stand-in together, and the companies' beside it. */
export async function wireProvider(
  wiring: Wiring,
): Promise<{ readonly pool: Handler; readonly company: Handler | undefined }> {
  const { model, origins, providerOrigin, companyOrigin, secretOf, users, log } = wiring;
  const userPoolId = model.userPool?.id ?? 'none';
  const triggers = [...(model.userPool?.triggers ?? [])].map(([name, id]) => [name, wiring.functions.get(id)] as const);
  const federation = new Federation({
    companies: model.companies,
    companyOrigin: companyOrigin ?? providerOrigin,
    poolOrigin: providerOrigin,
    userPoolId,
    secretOf,
    log,
  });
  const options = {
    issuer: model.userPool?.issuer ?? model.authentications[0]?.issuer ?? providerOrigin,
    userPoolId,
    region: model.door.region,
    clients: providerClients(model, secretOf),
    machines: model.machines.map((machine) => ({ ...machine, secret: secretOf(machine.clientId) })),
    requestedScopes: model.authentications.flatMap(({ scope }) => scope.split(' ')),
    users,
    triggers: new Triggers(new Map(triggers)),
    origins,
    publicHost: new URL(model.publicOrigin).host,
    log,
  };
  const company =
    companyOrigin === undefined
      ? undefined
      : await companyHandler({
          companies: model.companies,
          origin: companyOrigin,
          poolOrigin: providerOrigin,
          appOrigin: origins.localOrigin,
          secretOf,
          users,
          log,
        });
  return { pool: await providerHandler(options, wiring.signingKey, federation), company };
}

/**
 * Clients as the pool knows them. Of one that is not part of the stack only the id is known: its callback is taken for
 * granted.
 */
function providerClients(model: PreviewModel, secretOf: (clientId: string) => string): ProviderClient[] {
  const pool = [...model.clients.values()].map((client) => ({ ...client, secret: secretOf(client.clientId) }));
  const foreign = model.authentications
    .filter(({ poolClientName }) => poolClientName === undefined)
    .map(({ clientId, scope }) => ({
      clientId,
      secret: secretOf(clientId),
      callbackUrls: [model.publicOrigin + CALLBACK_PATH],
      logoutUrls: [`${model.publicOrigin}/signed-out`],
      scopes: scope.split(' '),
      accessTokenSeconds: 3600,
      idTokenSeconds: 3600,
      refreshTokenSeconds: 86_400,
      identityProviders: ['COGNITO'],
    }));
  return [...new Map([...pool, ...foreign].map((client) => [client.clientId, client])).values()];
}
