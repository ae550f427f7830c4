import type { AppServer } from '../container/app-server';
import type { Architecture } from '../workflow/architecture';
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
   * Start of the tag that an image gets once it is live, and by which the image repository keeps it.
   *
   * @default 'released-'
   */
  readonly releasedTagPrefix?: string;

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
   * Processor of the image, of the machines that build it and of the hosts that run it.
   *
   * @default Architecture.ARM64
   */
  readonly architecture?: Architecture;

  /**
   * Python of the image and of the tests in the workflows: 3.11, 3.12, 3.13 or 3.14. Beside a `baseImage`, of the tests only.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;

  /**
   * Image that the app's image is made from, with its tag. It must have Python, its pip 22.3 or newer, and be based on Debian
   * where packages of Debian are wanted.
   *
   * @default - `python:<pythonVersion>-slim`
   */
  readonly baseImage?: string;

  /**
   * Digest of the base image, as `sha256:...`: the same base, whatever its tag comes to mean.
   *
   * @default - what the tag means at the time of the build
   */
  readonly baseImageDigest?: string;

  /**
   * Environment variables of the app, in the image and at `npm start`. Never a secret: who has the image can read them.
   *
   * @default - none
   */
  readonly containerEnvironment?: { [name: string]: string };

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
