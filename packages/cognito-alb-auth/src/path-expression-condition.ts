import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * Like `ListenerCondition.pathPatterns`, with regular expressions: a pattern must not hold a percent sign, an expression may.
 *
 * @see https://github.com/aws/aws-cdk/issues/36363
 */
export class PathExpressionCondition extends elbv2.ListenerCondition {
  public constructor(private readonly expressions: string[]) {
    super();
  }

  public renderRawCondition(): unknown {
    return { field: 'path-pattern', pathPatternConfig: { regexValues: this.expressions } };
  }
}
