import { Door } from './front-door/door';
import type { Handler } from './front-door/listen';
import { Seal } from './session/seal';
import { SessionCookies } from './session/session';
import { Authenticator } from './sign-in/authenticator';
import { IdentityHeaders } from './sign-in/identity-headers';
import { JwtGate } from './sign-in/jwt-gate';
import { OidcClient } from './sign-in/oidc-client';
import { SignInStates } from './sign-in/sign-in-state';
import { AppTarget } from './targets/app-target';
import { LambdaTarget } from './targets/lambda-target';
import type { Wiring } from './wiring';

/** Puts the door together, with all it leads to. */
export function wireDoor(wiring: Wiring): { readonly handler: Handler; readonly close: () => Promise<void> } {
  const { model, origins, providerOrigin, secretOf, functions, log } = wiring;
  const { attributes } = model.door;
  const app = new AppTarget(wiring.appOrigin, attributes, origins);
  const lambdas = model.targetGroups.flatMap((group) =>
    group.type === 'lambda'
      ? [[group.name, new LambdaTarget(group, functions.get(group.functionName), attributes, origins, log)] as const]
      : [],
  );
  const poolKeys = `${model.userPool?.issuer}/.well-known/jwks.json`;
  const door = new Door({
    model: model.door,
    origins,
    app,
    lambdas: new Map(lambdas),
    authenticator: new Authenticator(
      model.authentications,
      new OidcClient({ origin: providerOrigin, secretOf }),
      new SessionCookies(new Seal(), origins.secure),
      new SignInStates(new Seal()),
      origins,
      log,
    ),
    jwtGate: new JwtGate((endpoint) => (endpoint === poolKeys ? `${providerOrigin}/.well-known/jwks.json` : undefined)),
    identity: new IdentityHeaders(wiring.signingKey, model.door.loadBalancerArn),
  });
  return { handler: (request, response, upgrade) => door.handle(request, response, upgrade), close: () => app.close() };
}
