import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as signer from 'aws-cdk-lib/aws-signer';
import type { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { GitHubSource } from './github-source';
import type { Replica } from './replica';

/** Properties of `EcrPipeline`. */
export interface EcrPipelineProps {
  /** The GitHub repository that images come from. */
  readonly source: GitHubSource;

  /**
   * Name of the image repository: 2 to 256 lower-case letters, digits and `._-/`.
   *
   * @default - a generated name
   */
  readonly repositoryName?: string;

  /**
   * Name of the SSM parameter that says which image is live. It must be known at synth.
   *
   * Before it is changed, create the new parameter with the value of the old one: a live app has an image to lose, so none
   * is created for it.
   *
   * @default - `/<repositoryName>/released-image`, or `/<stack>/<path of the construct>/released-image` without a name
   */
  readonly releasedImageParameterName?: string;

  /**
   * Start of the tags that protect an image from the age limit below.
   *
   * Whoever deploys must give what is live such a tag: `DeployWorkflow` of `@paebbl/projen-viz-app` does, and must be told
   * the same `releasedTagPrefix`. Where nobody does, the live image expires like any other.
   *
   * @default 'released-'
   */
  readonly releasedTagPrefix?: string;

  /**
   * How many released images are kept, the live one included; older ones can no longer be rolled back to.
   *
   * @default 50
   */
  readonly releasedImagesKept?: number;

  /**
   * Age after which an image that was never released expires.
   *
   * @default Duration.days(90)
   */
  readonly unreleasedExpireAfter?: Duration;

  /**
   * Age after which an image without a tag expires: what a moved cache tag leaves behind.
   *
   * @default Duration.days(7)
   */
  readonly untaggedExpireAfter?: Duration;

  /**
   * Tags that may be moved to another image, `*` standing for any text; all other tags are fixed once pushed.
   *
   * `sha256-*` is always among them: signatures and attestations are tagged so, and are added to.
   *
   * @default - ['cache', 'cache-*'], for the layers that builds share
   */
  readonly mutableTags?: string[];

  /**
   * Whether images are scanned for known vulnerabilities when they are pushed.
   *
   * @default true
   */
  readonly scanOnPush?: boolean;

  /**
   * Key that images are encrypted with. It can never be changed for a repository.
   *
   * @default - AES-256 with a key of ECR
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Profile with which ECR signs every pushed image (platform `Notation-OCI-SHA384-ECDSA`).
   *
   * An account and region has one signing configuration for all of its repositories: where there is one already, add a
   * rule there instead.
   *
   * @default - images are not signed by ECR
   */
  readonly signingProfile?: signer.ISigningProfile;

  /**
   * Ids of other accounts that may pull images, 12 digits each.
   *
   * @default - none
   */
  readonly pullAccounts?: string[];

  /**
   * Where every pushed image is copied to, into a repository of the same name.
   *
   * ECR copies what begins with this name, so `viz` copies `viz-two`, too. What it makes there has the settings of that
   * registry's creation template, not those of this repository: without one, images there never expire.
   *
   * An account and region has one replication configuration for all of its repositories: where there is one already, add
   * a rule there instead.
   *
   * @default - nowhere
   */
  readonly replicateTo?: Replica[];

  /**
   * GitHub's OpenID Connect provider in this account. IAM allows one of them in an account: pass it where it exists
   * (`OidcProviderNative.fromOidcProviderArn`).
   *
   * @default - it is created, and goes when this construct goes
   */
  readonly githubProvider?: iam.IOidcProvider;

  /**
   * Name of the role that pushes.
   *
   * @default - a generated name
   */
  readonly pushRoleName?: string;

  /**
   * Name of the role that deploys.
   *
   * @default - a generated name
   */
  readonly deployRoleName?: string;

  /**
   * What becomes of the images and of the released-image parameter when the construct goes.
   *
   * `DESTROY` deletes the images, too.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
