import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as ssm from 'aws-cdk-lib/aws-ssm';

/** What a webhook URL is read from and who may read it. */
export interface WebhookUrlConfig {
  /**
   * ARN of the secret.
   *
   * @default - not kept in a secret
   */
  readonly secretId?: string;
  /**
   * Key within the secret, when it is a JSON object.
   *
   * @default - the whole secret is the URL
   */
  readonly secretField?: string;
  /**
   * Name of the parameter.
   *
   * @default - not kept in a parameter
   */
  readonly parameterName?: string;
}

/**
 * Where the URL of a Slack incoming webhook is kept.
 *
 * Whoever has the URL can post, so it is never a string here: it would end up in the template. It is read when the
 * first message is sent and again every five minutes, so a new URL needs no deployment.
 */
export abstract class WebhookUrl {
  /**
   * A secret of Secrets Manager.
   *
   * @param field key of the URL, when the secret is a JSON object; the whole secret is the URL otherwise
   */
  public static fromSecret(secret: secretsmanager.ISecret, field?: string): WebhookUrl {
    return new SecretWebhookUrl(secret, field);
  }

  /** A parameter of Systems Manager, best of the type SecureString: `ssm.StringParameter.fromSecureStringParameterAttributes`. */
  public static fromParameter(parameter: ssm.IParameter): WebhookUrl {
    return new ParameterWebhookUrl(parameter);
  }

  /** Lets `grantee` read the URL, and says where it is. */
  public abstract bind(grantee: iam.IGrantable): WebhookUrlConfig;
}

class SecretWebhookUrl extends WebhookUrl {
  public constructor(
    private readonly secret: secretsmanager.ISecret,
    private readonly field?: string,
  ) {
    super();
    if (field === '') {
      throw new Error("'field' must name a key of the secret, got: ''");
    }
  }

  public bind(grantee: iam.IGrantable): WebhookUrlConfig {
    this.secret.grantRead(grantee);
    return { secretId: this.secret.secretArn, secretField: this.field };
  }
}

class ParameterWebhookUrl extends WebhookUrl {
  public constructor(private readonly parameter: ssm.IParameter) {
    super();
  }

  public bind(grantee: iam.IGrantable): WebhookUrlConfig {
    this.parameter.grantRead(grantee);
    return { parameterName: this.parameter.parameterName };
  }
}
