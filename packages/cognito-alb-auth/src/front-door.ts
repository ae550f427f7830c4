import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { applySecurityHeaders, type SecurityHeaders } from './security-headers';

export interface FrontDoorProps {
  readonly vpc: ec2.IVpc;
  /** The first one is for browsers that name no host. */
  readonly certificates: ICertificate[];
  readonly defaultAction: elbv2.ListenerAction;
  readonly securityHeaders?: SecurityHeaders;
  readonly deletionProtection: boolean;
  /** Instead of the one that a new load balancer makes. */
  readonly securityGroup?: ec2.ISecurityGroup;
  /** One that is there already. */
  readonly loadBalancer?: elbv2.ApplicationLoadBalancer;
}

/** The load balancer with its two listeners: HTTPS, and HTTP that redirects to it. */
export class FrontDoor extends Construct {
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  public readonly listener: elbv2.ApplicationListener;

  public constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    this.loadBalancer = props.loadBalancer ?? this.createLoadBalancer(props);
    // `x_amzn_oidc_data` is invalid as a header, and the same as `x-amzn-oidc-data` to many an app.
    this.loadBalancer.setAttribute('routing.http.drop_invalid_header_fields.enabled', 'true');
    this.loadBalancer.setAttribute('routing.http.desync_mitigation_mode', elbv2.DesyncMitigationMode.STRICTEST);
    this.loadBalancer.addRedirect();
    this.listener = this.loadBalancer.addListener('Https', {
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: props.certificates,
      sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
      defaultAction: props.defaultAction,
    });
    applySecurityHeaders(this.listener, props.securityHeaders);
  }

  private createLoadBalancer({ vpc, deletionProtection, securityGroup }: FrontDoorProps) {
    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      deletionProtection,
      securityGroup,
    });
    for (const group of loadBalancer.connections.securityGroups) {
      Validations.of(group).acknowledge({
        id: 'AwsSolutions-EC23',
        reason:
          'A web address for colleagues is open to the internet on 80 and 443; what is behind it asks for sign-in.',
      });
    }
    Validations.of(loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason: "Access logs hold readers' addresses, so the owner decides to have them: 'accessLogs'.",
    });
    return loadBalancer;
  }
}
