import { Architecture } from '../workflow/architecture';
import type { VizAppOptions } from './viz-app-options';

/** The options of `VizApp` that say where and for whom it is deployed, with their defaults. */
export interface DeploymentSettings {
  readonly name: string;
  readonly stacks: { readonly pipeline: string; readonly app: string };
  readonly address: { readonly domainName: string; readonly hostedZoneName: string };
  readonly source: {
    readonly owner: string;
    readonly repository: string;
    readonly branch: string;
    readonly environment?: string;
    readonly ownerId?: string;
    readonly repositoryId?: string;
  };
  readonly githubProviderExists: boolean;
  readonly releasedTagPrefix: string;
  readonly architecture: Architecture;
  readonly deployInfrastructure: boolean;
  readonly signIn: { readonly domainPrefix: string; readonly emailDomains: string[] };
  readonly slack: { readonly webhookSecretName: string };
}

export function deploymentSettings(options: VizAppOptions): DeploymentSettings {
  const { name, branch = 'main', environment } = options;
  const domainName = options.domainName ?? `${name}.example.com`;
  const hostedZoneName = options.hostedZoneName ?? domainName.slice(domainName.indexOf('.') + 1);
  const [owner, repository] = (options.repository ?? `example/${name}`).split('/');
  const [ownerId, repositoryId] = options.repositoryIds?.split('/') ?? [];
  const stack = name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return {
    name,
    stacks: { pipeline: `${stack}Pipeline`, app: stack },
    address: { domainName, hostedZoneName },
    source: { owner, repository, branch, environment, ownerId, repositoryId },
    githubProviderExists: options.githubProviderExists ?? false,
    releasedTagPrefix: options.releasedTagPrefix ?? 'released-',
    architecture: options.architecture ?? Architecture.ARM64,
    deployInfrastructure: options.deployInfrastructure ?? false,
    signIn: {
      domainPrefix: options.signInDomainPrefix ?? name,
      emailDomains: options.emailDomains ?? [hostedZoneName],
    },
    slack: { webhookSecretName: options.slackSecretName ?? `${name}/slack-webhook-url` },
  };
}
