import { App, type AppProps } from 'aws-cdk-lib';
import { AppStack } from './app-stack';
import { config } from './config';
import { PipelineStack } from './pipeline-stack';

/** Both stacks: two, because the image repository must exist before the first image is pushed. */
export function makeApp(props?: AppProps): App {
  const app = new App(props);
  // Neither account nor region: both are those that you are signed in to when you deploy.
  const { pipeline } = new PipelineStack(app, config.stacks.pipeline);
  new AppStack(app, config.stacks.app, { pipeline });
  return app;
}
