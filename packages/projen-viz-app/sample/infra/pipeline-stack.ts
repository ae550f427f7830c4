import { EcrPipeline } from '@paebbl/ecr-pipeline';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { config } from './config';

/** What outlives every deployment: the repository of images, who may push to it, and which image is released. */
export class PipelineStack extends Stack {
  public readonly pipeline: EcrPipeline;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { ...props, description: `${config.name}: image repository and the roles of its pipeline` });

    this.pipeline = new EcrPipeline(this, 'Pipeline', {
      repositoryName: config.name,
      source: config.source,
      releasedTagPrefix: config.releasedTagPrefix,
      githubProvider: config.githubProviderExists ? this.existingGithubProvider() : undefined,
    });
    if (config.deployInfrastructure) {
      this.pipeline.grantCdkDeploy();
    }
  }

  /** IAM allows one provider for GitHub in an account, which all teams share. */
  private existingGithubProvider() {
    const arn = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'oidc-provider',
      resourceName: 'token.actions.githubusercontent.com',
    });
    return OidcProviderNative.fromOidcProviderArn(this, 'GitHub', arn);
  }
}
