import { validateVariables } from '../container/validate-container';
import { requireForm, requireThat } from '../validation';
import type { VizAppOptions } from './viz-app-options';

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const OWNER = '[A-Za-z\\d](?:-?[A-Za-z\\d]){0,38}';

/** Fails on options that ECR, Cognito, Route 53 or GitHub would refuse, and on trust that is wider than it looks. */
export function validateVizApp(options: VizAppOptions): void {
  requireForm(
    options.name,
    'name',
    /^(?=.{2,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'have 2 to 40 lower-case letters and digits, with single hyphens between them, because ECR names the image ' +
      "repository so (choose another one with '--name')",
  );
  const rule = 'be a domain name in lower case, e.g. viz.example.com';
  requireForm(options.domainName, 'domainName', DOMAIN, rule);
  requireForm(options.hostedZoneName, 'hostedZoneName', DOMAIN, rule);
  const { domainName, hostedZoneName } = options;
  requireThat(
    !domainName || !hostedZoneName || domainName === hostedZoneName || domainName.endsWith(`.${hostedZoneName}`),
    'domainName',
    `be below 'hostedZoneName', ${hostedZoneName}`,
    domainName,
  );
  requireThat(
    Boolean(domainName || !hostedZoneName),
    'domainName',
    "be given together with 'hostedZoneName'",
    undefined,
  );
  requireThat(options.emailDomains?.length !== 0, 'emailDomains', 'hold at least one domain', options.emailDomains);
  for (const domain of options.emailDomains ?? []) {
    requireForm(domain, 'emailDomains', DOMAIN, 'hold domains in lower case, e.g. example.com');
  }
  validateTrust(options);
  validateVariables(options.containerEnvironment, 'containerEnvironment');
  requireForm(
    options.signInDomainPrefix ?? options.name,
    options.signInDomainPrefix ? 'signInDomainPrefix' : 'name',
    /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'hold none of the words aws, amazon and cognito, which the address of the sign-in pages must not have',
  );
  requireForm(options.slackSecretName, 'slackSecretName', /^[\w/+=.@-]{1,512}$/, 'be the name of a secret');
}

/** Who may deploy: one repository, from one branch or environment. */
function validateTrust(options: VizAppOptions): void {
  requireForm(
    options.repository,
    'repository',
    new RegExp(`^${OWNER}/[\\w.-]{1,100}$`),
    'name one GitHub repository as owner/name, without wildcards',
  );
  requireForm(
    options.repositoryIds,
    'repositoryIds',
    /^[1-9]\d{0,18}\/[1-9]\d{0,18}$/,
    'be the numbers of one owner and one repository as 123/456, never a wildcard',
  );
  requireForm(
    options.branch,
    'branch',
    /^(?!refs\/)(?!.*(\.\.|\/\/))[\w./-]+$/,
    'be the name of one branch, without wildcards',
  );
  requireForm(
    options.environment,
    'environment',
    /^[^*?]{1,255}$/,
    'be the name of one environment, without wildcards',
  );
}
