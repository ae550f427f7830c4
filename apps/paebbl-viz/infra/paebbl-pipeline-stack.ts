import { EcrPipeline } from '@paebbl/ecr-pipeline';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { config } from './config';

/** What outlives every deployment: the repository of images, who may push to it, and which image is released. */
export class PaebblPipelineStack extends Stack {
  public readonly pipeline: EcrPipeline;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, description: 'paebbl-viz: image repository and the roles of its pipeline' });

    this.pipeline = new EcrPipeline(this, 'Pipeline', {
      repositoryName: config.image.repositoryName,
      source: config.source,
    });
  }
}
