import type { Template } from 'aws-cdk-lib/assertions';

/** With it, a token of a user may change that user's attributes. */
const OWN_ATTRIBUTES = 'aws.cognito.signin.user.admin';

/** What is wrong with the clients of the user pool that a template makes. */
export function faultsOfClients(template: Template): string[] {
  return Object.entries(template.findResources('AWS::Cognito::UserPoolClient')).flatMap(([id, { Properties }]) => {
    const { AllowedOAuthFlows: flows, AllowedOAuthScopes: scopes, ExplicitAuthFlows: signIn } = Properties;
    const isProgram = flows.includes('client_credentials');
    return [
      ...(scopes.includes(OWN_ATTRIBUTES) ? [`${id} may change users`] : []),
      ...(isProgram && flows.length > 1 ? [`${id} is for programs and people`] : []),
      // Left out, Cognito takes a list with which people sign in.
      ...(isProgram && String(signIn) !== 'ALLOW_REFRESH_TOKEN_AUTH' ? [`${id} lets people sign in`] : []),
    ];
  });
}
