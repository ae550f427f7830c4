import { createHmac, randomBytes } from 'node:crypto';
import { type Addresses, fillAddresses } from './app/addresses';
import { AppProcess } from './app/app-process';
import { type AppLaunch, dockerLaunch, dockerProblem, processLaunch } from './app/engines';
import { waitUntilHealthy } from './app/wait-until-healthy';
import { findStack, readCloudAssembly } from './assembly/cloud-assembly';
import type { Arguments } from './cli/parse-arguments';
import { PreviewError } from './errors';
import { type Certificate, type DoorServer, openDoor } from './front-door/listen';
import { Origins } from './front-door/origins';
import { FunctionPool } from './function-pool';
import { type User, Users } from './identity-provider/users';
import type { AppContainer } from './model/app-container';
import { readPreviewModel } from './model/preview-model';
import { SigningKey } from './sign-in/signing-key';
import { wireDoor } from './wire-door';
import { wireProvider } from './wire-provider';
import type { Wiring } from './wiring';

export interface StartedPreview extends Addresses {
  /** Where the app is, for example `http://localhost:8080`. */
  readonly url: string;
  /** Where programs get tokens. */
  readonly tokenUrl: string;
  /** Programs of the template that may get tokens, with the secrets of this start. */
  readonly machines: readonly {
    readonly name: string;
    readonly clientId: string;
    readonly secret: string;
    readonly scopes: readonly string[];
  }[];
  readonly users: readonly User[];
  readonly notes: readonly string[];
  /** Settles with a sentence if the app ends by itself. */
  readonly appEnded: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface PreviewOptions
  extends Pick<Arguments, 'app' | 'stack' | 'context' | 'port' | 'engine' | 'env' | 'files' | 'venv'> {
  /** For HTTPS at the door. */
  readonly certificate?: Certificate;
  readonly users: readonly User[];
  readonly log: (line: string) => void;
  /** An app has this long to pass its health check. */
  readonly patienceSeconds: number;
  /** Ends a start that is under way. */
  readonly signal: AbortSignal;
}

/** Starts everything or nothing: whatever fails, what was started before is stopped again. */
export async function startPreview(options: PreviewOptions): Promise<StartedPreview> {
  const cleanups: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) {
      await cleanup();
    }
  };
  try {
    return await start(options, (cleanup) => cleanups.push(cleanup), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: PreviewOptions,
  onStop: (cleanup: () => Promise<void>) => void,
  stop: () => Promise<void>,
): Promise<StartedPreview> {
  const { log } = options;
  const assembly = readCloudAssembly(options.app);
  // Files come with a path of their own, so a value of the template is not needed for them.
  const overrides = new Map([...options.env, ...[...options.files].map(([name]) => [name, ''] as const)]);
  const model = readPreviewModel(assembly, findStack(assembly, options.stack), overrides);
  const functions = new FunctionPool(model.resolver, log);
  onStop(() => functions.close());
  const open = async (port: number, certificate?: Certificate): Promise<DoorServer> => {
    const server = await openDoor(port, certificate);
    onStop(server.close);
    return server;
  };
  const door = await open(options.port, options.certificate);
  const poolDoor = await open(0);
  const companyDoor = model.companies.length > 0 ? await open(0) : undefined;
  // Another host than localhost: cookies do not tell ports apart, and Cognito is another site too.
  const providerOrigin = `http://127.0.0.1:${poolDoor.port}`;
  const addresses = {
    publicKeysUrl: `${providerOrigin}/public-keys`,
    jwksUrl: `${providerOrigin}/.well-known/jwks.json`,
  };
  const launch = await launchApp(options, model.container, addresses);
  const app = new AppProcess(launch.start, log);
  onStop(() => app.stop());
  const appOrigin = `http://127.0.0.1:${launch.port}`;
  const healthCheck = model.targetGroups.flatMap((group) => (group.type === 'app' ? [group.healthCheck] : []))[0];
  await waitUntilHealthy(app, appOrigin, healthCheck, options);

  const localOrigin = `${options.certificate ? 'https' : 'http'}://localhost:${door.port}`;
  const domain = model.userPool?.domainOrigin;
  const secrets = randomBytes(32);
  const wiring: Wiring = {
    model,
    appOrigin,
    providerOrigin,
    companyOrigin: companyDoor && `http://127.0.0.1:${companyDoor.port}`,
    origins: new Origins({
      publicOrigin: model.publicOrigin,
      localOrigin,
      providers: domain === undefined ? [] : [[domain, providerOrigin]],
    }),
    users: new Users(options.users),
    secretOf: (clientId) => createHmac('sha256', secrets).update(clientId).digest('base64url'),
    signingKey: new SigningKey(),
    functions,
    log,
  };
  const wired = wireDoor(wiring);
  onStop(wired.close);
  const providers = await wireProvider(wiring);
  const { idleTimeoutSeconds } = model.door.attributes;
  const timeouts = { idleSeconds: idleTimeoutSeconds, headersSeconds: Math.min(60, idleTimeoutSeconds) };
  poolDoor.serve(providers.pool, timeouts);
  if (companyDoor && providers.company) {
    companyDoor.serve(providers.company, timeouts);
  }
  door.serve(wired.handler, timeouts);
  return {
    url: localOrigin,
    ...addresses,
    tokenUrl: `${providerOrigin}/oauth2/token`,
    machines: model.machines.map(({ name, clientId, scopes }) => ({
      name,
      clientId,
      secret: wiring.secretOf(clientId),
      scopes,
    })),
    users: options.users,
    notes: [...model.notes, ...launch.notes],
    appEnded: app.ended,
    stop,
  };
}

async function launchApp(options: PreviewOptions, container: AppContainer, addresses: Addresses): Promise<AppLaunch> {
  const { context, venv, files, log, signal } = options;
  const engine = await chooseEngine(options.engine);
  const environment = fillAddresses(container.environment, new Set(options.env.keys()), addresses, engine);
  const launch = engine === 'docker' ? dockerLaunch : processLaunch;
  return launch({ container: { ...container, environment }, context, venv, files, log, signal });
}

async function chooseEngine(wanted: PreviewOptions['engine']): Promise<'docker' | 'process'> {
  if (wanted === 'process') {
    return 'process';
  }
  const problem = await dockerProblem();
  if (problem !== undefined && wanted === 'docker') {
    throw new PreviewError('docker', problem);
  }
  return problem === undefined ? 'docker' : 'process';
}
