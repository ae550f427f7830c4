import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logAccess } from './access-logs';
import { createAppTargetGroup } from './app-target-group';
import type { CognitoAlbAuthProps } from './cognito-alb-auth-props';
import { DoorRules, ownPriority } from './door-rules';
import { Firewall } from './firewall';
import { FrontDoor } from './front-door';
import { FrontDoorAlarms } from './front-door-alarms';
import { issuerOf } from './issuer';
import { MachineClients } from './machine-access';
import { sessionAction } from './session-action';
import { SignOut } from './sign-out';
import { COOKIE_NAME } from './sign-out-contract';
import { UserDirectory } from './user-directory';
import { signInDomainPrefix, validateProps } from './validate-props';

/**
 * A load balancer that lets nobody through to the app who has not signed in, and that signs out for good.
 *
 * The app reads who is there from the headers `x-amzn-oidc-identity` and `x-amzn-oidc-data`, and needs no code for
 * signing in or out.
 */
export class CognitoAlbAuth extends Construct {
  /** The load balancer, in public subnets. */
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** The HTTPS listener. A rule that is added to it comes before sign-in: give it an authenticating action of its own. */
  public readonly listener: elbv2.ApplicationListener;
  /** The app's targets, with quick health checks. */
  public readonly targetGroup: elbv2.ApplicationTargetGroup;
  /** Alarms that say that colleagues are not served. */
  public readonly alarms: FrontDoorAlarms;
  /** The directory of users: the one that was made, or the one that was given. */
  public readonly userPool: cognito.IUserPool;
  /** The load balancer as a client of the user pool. */
  public readonly userPoolClient: cognito.UserPoolClient;
  /** The domain of the sign-in pages. */
  public readonly userPoolDomain: cognito.IUserPoolDomain;
  /** The programs of `machineAccess` as clients of the user pool, by name. */
  public readonly machineClients: { [name: string]: cognito.UserPoolClient };
  /**
   * Environment variables for the app's container, where the app verifies who is asking with `paebbl-alb-identity` (Python)
   * or `@paebbl/alb-identity` (Node). None of them is a secret.
   */
  public readonly identityEnvironment: { [name: string]: string };
  /** Address of the app, `https://<domainName>`. */
  public readonly url: string;

  /** @throws Error when a property is missing or out of its limits */
  public constructor(scope: Construct, id: string, props: CognitoAlbAuthProps) {
    super(scope, id);
    validateProps(this, props);
    const sessionDuration = props.sessionDuration ?? Duration.hours(12);
    const deletionProtection = props.deletionProtection ?? true;
    const identityProviders = props.identityProviders ?? [];
    const passwordSignIn = props.passwordSignIn ?? identityProviders.length === 0;

    const directory = new UserDirectory(this, 'Directory', {
      domainName: props.domainName,
      domainPrefix: props.existingUserPool ? '' : signInDomainPrefix(props),
      sessionDuration,
      deletionProtection,
      removalPolicy: props.removalPolicy,
      existing: props.existingUserPool,
      identityProviders,
      passwordSignIn,
      allow: props.allow,
      mfa: props.mfa ?? cognito.Mfa.REQUIRED,
      passkeys: props.passkeys ?? false,
      branding: props.branding,
    });
    this.targetGroup = createAppTargetGroup(this, props);
    const app = elbv2.ListenerAction.forward([this.targetGroup]);
    const session = (onUnauthenticatedRequest: elbv2.UnauthenticatedAction) =>
      sessionAction({
        ...directory,
        cookieName: COOKIE_NAME,
        sessionDuration,
        onUnauthenticatedRequest,
        providerNames: identityProviders.map(({ name }) => name),
        passwordSignIn,
        next: app,
      });
    const door = new FrontDoor(this, 'Door', {
      vpc: props.vpc,
      certificates: [props.certificate ?? this.createCertificate(props)],
      defaultAction: session(elbv2.UnauthenticatedAction.AUTHENTICATE),
      securityHeaders: props.securityHeaders,
      deletionProtection,
      loadBalancer: props.loadBalancer,
    });
    new SignOut(this, 'SignOut', {
      listener: door.listener,
      goOn: { logoutUrl: directory.logoutUrl(props.domainName) },
    });
    const machines = props.machineAccess
      ? new MachineClients(this, 'Machines', directory.userPool, props.domainName, props.machineAccess)
      : undefined;
    new DoorRules(this, 'Rules', {
      listener: door.listener,
      publicPaths: props.publicPaths ?? [],
      apiPaths: props.apiPaths ?? [],
      machinePaths: props.machineAccess?.paths ?? [],
      open: app,
      deny: () => session(elbv2.UnauthenticatedAction.DENY),
      token: machines && (() => machines.validate(app)),
      priorityOf: ownPriority,
    });
    this.addOptions(door.loadBalancer, props);

    this.loadBalancer = door.loadBalancer;
    this.listener = door.listener;
    this.alarms = new FrontDoorAlarms(this, 'Alarms', {
      loadBalancer: door.loadBalancer,
      targetGroup: this.targetGroup,
    });
    this.userPool = directory.userPool;
    this.userPoolClient = directory.client;
    this.userPoolDomain = directory.domain;
    this.machineClients = machines?.clients ?? {};
    this.identityEnvironment = {
      ALB_IDENTITY_LOAD_BALANCER_ARN: door.loadBalancer.loadBalancerArn,
      ALB_IDENTITY_CLIENT_ID: directory.client.userPoolClientId,
      ALB_IDENTITY_ISSUER: issuerOf(this, directory.userPool),
    };
    this.url = `https://${props.domainName}`;
  }

  private addOptions(loadBalancer: elbv2.ApplicationLoadBalancer, props: CognitoAlbAuthProps) {
    if (props.hostedZone) {
      new route53.ARecord(this, 'Alias', {
        zone: props.hostedZone,
        recordName: `${props.domainName}.`,
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

  private createCertificate({ domainName, hostedZone }: CognitoAlbAuthProps) {
    return new acm.Certificate(this, 'Certificate', {
      domainName,
      validation: acm.CertificateValidation.fromDns(hostedZone),
    });
  }
}
