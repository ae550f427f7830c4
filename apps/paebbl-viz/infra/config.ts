import type { AthenaSettings } from './athena-access';
import type { SharePointSettings } from './sharepoint-access';

/**
 * Every tunable of the deployment, in one place. The names are those that the team has been typing by hand, so that it
 * finds its own things again in the console.
 */
export const config = {
  region: 'us-east-1',

  /** Where colleagues open the dashboard. The hosted zone's id is asked for at deployment (`--parameters`). */
  address: {
    domainName: 'viz.paebbl.com',
    hostedZoneName: 'paebbl.com',
  },

  /** The GitHub repository whose pushes to `main` deploy. Ids too, because GitHub's newer tokens carry them. */
  source: {
    owner: 'paebbl',
    repository: 'data-visualization-ops',
    branch: 'main',
  },

  image: {
    repositoryName: 'paebbl-repository',
  },

  cluster: {
    name: 'ecs-paebbl-cluster',
    namespace: 'paebbl-namespace',
    tags: { app: 'ecs-paebbl-cluster', owner: 'paebbl' },
  },

  task: {
    family: 'task-definition-app',
    cpu: 256,
    memoryMiB: 512,
    containerName: 'app',
    portName: 'app-port',
    port: 5000,
    /** gunicorn's other settings stand beside the app, in `gunicorn.conf.py`. */
    command: ['gunicorn', '--bind', '0.0.0.0:5000', 'paebbl_viz.wsgi:app'],
    healthCheckPath: '/healthz',
    logGroup: 'flask-app',
    logStreamPrefix: 'flask-app-paebbl',
  },

  service: {
    name: 'app',
    desiredCount: 1,
    alias: 'app',
    aliasPort: 80,
  },

  /** Sign-in pages are served at `https://<prefix>.auth.<region>.amazoncognito.com`. */
  signIn: {
    domainPrefix: 'paebbl-viz',
    /** Whoever else has an account, or a company's sign-in later on, stays outside. */
    emailDomains: ['paebbl.com'],
  },

  data: {
    /** Who may upload and publish data: e-mail addresses, `@company.com` or `group:NAME`, separated by commas. */
    publishers: '@paebbl.com',
    /**
     * Identity providers of the user pool, by name and separated by commas, that are trusted with the e-mail addresses of
     * their people. Cognito marks none of those as verified, and what is not verified may not publish.
     */
    trustedProviders: '',
    /** The order of the sources, as in `sharepoint,s3`; empty means all that are set up: sharepoint, athena, s3. */
    sources: '',
    /** How often sources are asked for newer data. */
    refreshSeconds: 300,
    /** A file in SharePoint, read without a secret: see the README. `undefined` means none. */
    sharePoint: undefined as SharePointSettings | undefined,
    /** A table in Athena that is larger than the machine. `undefined` means none. */
    athena: undefined as AthenaSettings | undefined,
  },

  slack: {
    /** Made by hand once, because no template may carry the URL: see the README. */
    webhookSecretName: 'paebbl-viz/slack-webhook-url',
  },
} as const;
