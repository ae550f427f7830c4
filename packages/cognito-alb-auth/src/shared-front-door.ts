import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { logAccess } from './access-logs';
import { createDirectory } from './directory';
import { PRIORITY, refuseForgery } from './door-rules';
import { Firewall } from './firewall';
import { FrontDoor } from './front-door';
import { signInErrorsAlarm } from './front-door-alarms';
import type { FrontDoorQuotas } from './front-door-quotas';
import type { ISharedFrontDoor, SharedFrontDoorAttributes } from './i-shared-front-door';
import { ImportedFrontDoor } from './imported-front-door';
import { writeDoor } from './shared-door-parameters';
import type { SharedFrontDoorProps } from './shared-front-door-props';
import { SignOut } from './sign-out';
import { signInDomainPrefix } from './validate-props';
import { validateSharedDoor } from './validate-shared-door';

const DOOR_NAME = 'apps';

/**
 * One load balancer, one certificate and one user pool for up to 99 apps, each of which comes from a stack of its own
 * (`SharedDoorApp`).
 *
 * An address that no app has is answered with 404. Colleagues who are signed in to one app come into the next without a page.
 */
export class SharedFrontDoor extends Construct implements ISharedFrontDoor {
  /** The door of another repository, by the parameters that it wrote in the same account and region. */
  public static fromParameters(scope: Construct, id: string, attributes: SharedFrontDoorAttributes): ISharedFrontDoor {
    return new ImportedFrontDoor(scope, id, { ...attributes, doorName: attributes.doorName ?? DOOR_NAME });
  }

  public readonly doorName: string;
  public readonly domainName: string;
  public readonly listenerArn: string;
  public readonly loadBalancerArn: string;
  public readonly loadBalancerDnsName: string;
  public readonly loadBalancerHostedZoneId: string;
  public readonly securityGroupId: string;
  public readonly userPoolId: string;
  public readonly userPoolArn: string;
  public readonly signInDomain: string;
  public readonly identityProviderNames: string[];
  public readonly passwordSignIn: boolean;
  public readonly ownSignInPages: boolean;
  public readonly quotas: FrontDoorQuotas;
  /** The load balancer, in public subnets. */
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** The HTTPS listener. Priorities below 1,000 and above 49,000 are free for rules of your own, but for 1, 2 and 10 to 12. */
  public readonly listener: elbv2.ApplicationListener;
  /** The directory of users: the one that was made, or the one that was given. */
  public readonly userPool: cognito.IUserPool;
  /** Signing in failed at least five times a minute because of the set-up, not of the visitor, in two of three minutes. */
  public readonly signInErrors: cloudwatch.Alarm;

  /** @throws Error when a property is missing or out of its limits */
  public constructor(scope: Construct, id: string, props: SharedFrontDoorProps) {
    super(scope, id);
    validateSharedDoor(this, props);
    const deletionProtection = props.deletionProtection ?? true;
    const identityProviders = props.identityProviders ?? [];
    this.doorName = props.doorName ?? DOOR_NAME;
    this.domainName = props.domainName;
    this.quotas = props.quotas ?? {};
    this.ownSignInPages = props.ownSignInPages ?? false;
    this.identityProviderNames = [...identityProviders.map(({ name }) => name), ...(props.existingProviderNames ?? [])];
    this.passwordSignIn = props.passwordSignIn ?? this.identityProviderNames.length === 0;

    const directory = createDirectory(this, {
      domainName: props.domainName,
      domainPrefix: props.existingUserPool ? '' : signInDomainPrefix(props),
      deletionProtection,
      removalPolicy: props.removalPolicy,
      existing: props.existingUserPool,
      identityProviders,
      allow: props.allow,
      mfa: props.mfa ?? cognito.Mfa.REQUIRED,
      passkeys: false,
      signInPages: this.ownSignInPages
        ? cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN
        : cognito.ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
    const securityGroup = this.createSecurityGroup(props.vpc);
    const door = new FrontDoor(this, 'Door', {
      vpc: props.vpc,
      certificates: [props.certificate ?? this.createCertificate(props)],
      defaultAction: elbv2.ListenerAction.fixedResponse(404, {
        contentType: 'text/plain',
        messageBody: 'There is no app at this address.',
      }),
      securityHeaders: props.securityHeaders,
      deletionProtection,
      securityGroup,
    });
    new SignOut(this, 'SignOut', {
      listener: door.listener,
      goOn: { signInOrigin: directory.origin },
    });
    refuseForgery(this, door.listener, (index) => PRIORITY.forged + index);
    this.addOptions(door.loadBalancer, props);

    this.loadBalancer = door.loadBalancer;
    this.listener = door.listener;
    this.userPool = directory.userPool;
    this.signInErrors = signInErrorsAlarm(this, door.loadBalancer);
    this.listenerArn = door.listener.listenerArn;
    this.loadBalancerArn = door.loadBalancer.loadBalancerArn;
    this.loadBalancerDnsName = door.loadBalancer.loadBalancerDnsName;
    this.loadBalancerHostedZoneId = door.loadBalancer.loadBalancerCanonicalHostedZoneId;
    this.securityGroupId = securityGroup.securityGroupId;
    this.userPoolId = directory.userPool.userPoolId;
    this.userPoolArn = directory.userPool.userPoolArn;
    this.signInDomain = directory.domain.domainName;
    writeDoor(this, this);
  }

  /**
   * Its rules are all here: one for each app would meet the quota of 60 rules for a security group.
   */
  private createSecurityGroup(vpc: ec2.IVpc) {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Load balancer of many apps',
      allowAllOutbound: false,
    });
    group.addEgressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.allTcp(), 'The apps');
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'The user pool');
    return group;
  }

  private addOptions(loadBalancer: elbv2.ApplicationLoadBalancer, props: SharedFrontDoorProps) {
    if (props.hostedZone) {
      new route53.ARecord(this, 'Alias', {
        zone: props.hostedZone,
        recordName: `*.${props.domainName}.`,
        target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)),
      });
    }
    if (props.accessLogs) {
      logAccess(this, loadBalancer, props.accessLogs);
    }
    if (props.firewall) {
      new Firewall(this, 'Firewall', loadBalancer, props.firewall);
    }
  }

  private createCertificate({ domainName, hostedZone }: SharedFrontDoorProps) {
    return new acm.Certificate(this, 'Certificate', {
      domainName: `*.${domainName}`,
      validation: acm.CertificateValidation.fromDns(hostedZone),
    });
  }
}
