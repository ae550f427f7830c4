import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** A file in a SharePoint library that the dashboard shows. */
export interface SharePointSettings {
  /** Id of the Entra ID tenant. */
  readonly tenantId: string;
  /** Id of the app registration; it needs `Sites.Selected` and a grant on the site. */
  readonly clientId: string;
  /** The site, as `contoso.sharepoint.com:/sites/lab` or its id. */
  readonly site: string;
  /** The path of the file in the library, or `id:` and the item's id. */
  readonly file: string;
  /**
   * Id of the library.
   *
   * @default - the site's first one
   */
  readonly drive?: string;
  /**
   * Name of the secret with a certificate and its key (PEM), where the federation of the role is not possible.
   *
   * @default - no certificate
   */
  readonly certificateSecretName?: string;
  /**
   * Name of the secret with a client secret, the last way out.
   *
   * @default - no client secret
   */
  readonly clientSecretName?: string;
  /**
   * Microsoft Graph of a national cloud, as `https://graph.microsoft.us/v1.0`.
   *
   * @default - that of the public cloud
   */
  readonly graphUrl?: string;
  /**
   * Entra ID's sign-in of a national cloud, as `https://login.microsoftonline.us`.
   *
   * @default - that of the public cloud
   */
  readonly loginUrl?: string;
  /**
   * What Entra ID calls itself in tokens that are exchanged there: nothing else may be asked for. National clouds have
   * names of their own, as `api://AzureADTokenExchangeUSGov`.
   *
   * @default 'api://AzureADTokenExchange'
   */
  readonly audience?: string;
}

/** Lets the dashboard prove to Entra ID which role it has, without a secret, and read the secrets that are named. */
export class SharePointAccess extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: SharePointSettings,
  ) {
    super(scope, id);
  }

  /** Grants the container's task what it needs, and tells it where the file is. */
  public give(container: ContainerDefinition): void {
    const { taskRole } = container.taskDefinition;
    const { audience = 'api://AzureADTokenExchange', certificateSecretName, clientSecretName } = this.settings;
    taskRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['sts:GetWebIdentityToken'],
        // The action knows no resources: it is the audience that says what the token is good for.
        resources: ['*'],
        conditions: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience] },
          // Without it, a request that names no audience would pass 'for all values'.
          Null: { 'sts:IdentityTokenAudience': 'false' },
        },
      }),
    );
    const secrets = { Certificate: certificateSecretName, ClientSecret: clientSecretName };
    for (const [name, secretName] of Object.entries(secrets)) {
      if (secretName) {
        Secret.fromSecretNameV2(this, name, secretName).grantRead(taskRole);
        Validations.of(taskRole).acknowledge({
          id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:${Stack.of(this).region}:<AWS::AccountId>:secret:${secretName}-??????]`,
          reason: 'Secrets Manager ends every ARN with six characters that nobody knows before.',
        });
      }
    }
    Validations.of(taskRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'sts:GetWebIdentityToken has no resource; the condition allows one audience.',
    });
    const environment = {
      PAEBBL_SHAREPOINT_TENANT: this.settings.tenantId,
      PAEBBL_SHAREPOINT_CLIENT_ID: this.settings.clientId,
      PAEBBL_SHAREPOINT_SITE: this.settings.site,
      PAEBBL_SHAREPOINT_FILE: this.settings.file,
      PAEBBL_SHAREPOINT_DRIVE: this.settings.drive,
      PAEBBL_SHAREPOINT_CERTIFICATE_SECRET: certificateSecretName,
      PAEBBL_SHAREPOINT_CLIENT_SECRET: clientSecretName,
      PAEBBL_GRAPH_URL: this.settings.graphUrl,
      PAEBBL_ENTRA_LOGIN: this.settings.loginUrl,
      PAEBBL_ENTRA_AUDIENCE: this.settings.audience,
    };
    for (const [name, value] of Object.entries(environment)) {
      if (value) {
        container.addEnvironment(name, value);
      }
    }
  }
}
