import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { requireInteger } from './validation';

/**
 * A web application firewall (AWS WAF) in front of the load balancer: about 9 dollars a month and 60 cents per million
 * requests by list prices.
 *
 * It has three sets of rules that AWS keeps up to date (addresses of bad repute, common attacks, known bad inputs), and a
 * limit for each address.
 */
export interface FirewallOptions {
  /**
   * Requests within five minutes above which an address is refused, from 10 to 2,000,000,000.
   *
   * A whole office may share one address.
   *
   * @default 3000
   */
  readonly requestsPerFiveMinutes?: number;
}

/**
 * What sign-in needs and the common rules would block: a session is up to four cookies of 4 K, Cognito's answer is a long
 * query, and a dashboard takes files. They are counted instead of blocked.
 */
const COUNTED = ['SizeRestrictions_Cookie_HEADER', 'SizeRestrictions_QUERYSTRING', 'SizeRestrictions_BODY'];

/** @throws Error when the limit is one that WAF would refuse */
export function validateFirewall(options: FirewallOptions = {}): void {
  requireInteger(options.requestsPerFiveMinutes, 'firewall.requestsPerFiveMinutes', 10, 2_000_000_000);
}

export class Firewall extends Construct {
  public readonly webAcl: wafv2.CfnWebACL;

  public constructor(scope: Construct, id: string, loadBalancer: IApplicationLoadBalancer, options: FirewallOptions) {
    super(scope, id);
    const metric = (metricName: string) => ({
      metricName,
      cloudWatchMetricsEnabled: true,
      // Samples hold requests as they came, cookies included.
      sampledRequestsEnabled: false,
    });
    const managed = (name: string, priority: number, counted: string[] = []): wafv2.CfnWebACL.RuleProperty => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name,
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
      visibilityConfig: metric(name),
    });
    this.webAcl = new wafv2.CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: metric(`${Stack.of(this).stackName}-firewall`),
      rules: [
        {
          name: 'TooManyRequests',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: options.requestsPerFiveMinutes ?? 3000 },
          },
          visibilityConfig: metric('TooManyRequests'),
        },
        managed('AWSManagedRulesAmazonIpReputationList', 1),
        managed('AWSManagedRulesCommonRuleSet', 2, COUNTED),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
      ],
    });
    new wafv2.CfnWebACLAssociation(this, 'Association', {
      webAclArn: this.webAcl.attrArn,
      resourceArn: loadBalancer.loadBalancerArn,
    });
  }
}
