import { App, type AppProps } from 'aws-cdk-lib/core';
import { config } from './config';
import { PaebblPipelineStack } from './paebbl-pipeline-stack';
import { PaebblVizStack } from './paebbl-viz-stack';

/** The app with both stacks: two, because the repository must exist before the first image is pushed. */
export function makeApp(props?: AppProps): App {
  const app = new App(props);
  const env = { region: config.region };
  const { pipeline } = new PaebblPipelineStack(app, 'PaebblPipeline', { env });
  new PaebblVizStack(app, 'PaebblViz', { env, pipeline });
  return app;
}
