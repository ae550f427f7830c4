import type { AppServer } from '../container/app-server';
import type { Framework } from './framework';

/** Options of `VizApp`. */
export interface VizAppOptions {
  /**
   * Name of the app: of its image repository, its cluster, its service and, in capitals, its stacks.
   *
   * 2 to 40 lower-case letters and digits, with single hyphens between them.
   *
   * @default $BASEDIR
   * @featured
   */
  readonly name: string;

  /**
   * What the app is made with. Only the sample, which is written once, and the defaults of `server` and `sources`
   * depend on it.
   *
   * @default Framework.FLASK
   * @featured
   */
  readonly framework?: Framework;

  /**
   * Address of the app, in lower case, e.g. `viz.example.com`.
   *
   * @default - `<name>.example.com`, which has to be changed before it is deployed
   * @featured
   */
  readonly domainName?: string;

  /**
   * Name of the Route 53 hosted zone that the address is in.
   *
   * @default - `domainName` without its first part
   * @featured
   */
  readonly hostedZoneName?: string;

  /**
   * Domains of the e-mail addresses that may sign in, without subdomains.
   *
   * @default - `hostedZoneName`
   * @featured
   */
  readonly emailDomains?: string[];

  /**
   * GitHub repository whose workflows may push and deploy, as `owner/name`.
   *
   * @default - `example/<name>`, which has to be changed before it is deployed
   * @featured
   */
  readonly repository?: string;

  /**
   * Numbers of the owner and of the repository, as `123/456`: GitHub's tokens carry them where a repository was created,
   * renamed or transferred after 15 July 2026. `gh api repos/OWNER/NAME --jq '"\(.owner.id)/\(.id)"'`
   *
   * @default - only tokens without ids are trusted
   */
  readonly repositoryIds?: string;

  /**
   * Branch whose pushes are deployed.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * GitHub environment that deployments run in: its approvals and its variables apply, and nothing else may deploy.
   *
   * @default - none
   */
  readonly environment?: string;

  /**
   * Whether the AWS account has GitHub's OpenID Connect provider already. IAM allows one of them in an account.
   *
   * @default false
   */
  readonly githubProviderExists?: boolean;

  /**
   * Whether GitHub attests where each image comes from and what it holds. For private repositories that takes its Enterprise
   * Cloud plan.
   *
   * @default true
   */
  readonly attestations?: boolean;

  /**
   * Whether the workflow deploys changes of the app's stack, too.
   *
   * The trusted branch or environment becomes as powerful as the roles of the CDK's bootstrap stack, usually an
   * administrator.
   *
   * @default false
   */
  readonly deployInfrastructure?: boolean;

  /**
   * Start of the address of the sign-in pages, `https://<prefix>.auth.<region>.amazoncognito.com`. It must be free in the
   * region, and hold none of the words aws, amazon and cognito.
   *
   * @default - the name of the app
   */
  readonly signInDomainPrefix?: string;

  /**
   * Name of the Secrets Manager secret that holds the URL of Slack's incoming webhook.
   *
   * @default - `<name>/slack-webhook-url`
   */
  readonly slackSecretName?: string;

  /**
   * Python of the image: 3.11, 3.12, 3.13 or 3.14.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;

  /**
   * How the app is served.
   *
   * @default - as the sample of the `framework` is
   */
  readonly server?: AppServer;

  /**
   * What of the folder `app` gets into the image, that which changes least first.
   *
   * @default - what the sample of the `framework` has
   */
  readonly sources?: string[];

  /**
   * Path that answers 200 while the app is alive.
   *
   * @default - as the sample of the `framework` has it
   */
  readonly healthCheckPath?: string;

  /**
   * TCP port that the app listens on.
   *
   * @default 5000
   */
  readonly port?: number;

  /**
   * Debian packages that are needed to build Python packages from source.
   *
   * @default - none
   */
  readonly buildPackages?: string[];

  /**
   * Debian packages that are needed when the app runs.
   *
   * @default - none
   */
  readonly runtimePackages?: string[];

  /**
   * Folder that the repository is generated in.
   *
   * @default '.'
   */
  readonly outdir?: string;
}
