import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { createAppTargetGroup } from './app-target-group';
import { brandingProperties } from './branding';
import { register } from './door-register';
import { DoorRules } from './door-rules';
import { appAlarms } from './front-door-alarms';
import { issuerOf } from './issuer';
import { createLoadBalancerClient } from './load-balancer-client';
import { MachineClients } from './machine-access';
import { sessionAction } from './session-action';
import type { SharedDoorAppProps } from './shared-door-app-props';
import { SIGN_OUT_PATH, sharedCookieName } from './sign-out-contract';
import { type SlotKind, slotOf, slotPriority } from './slots';
import { isBelow, validateSharedDoorApp } from './validate-shared-door';

/**
 * One app behind a `SharedFrontDoor`: its address, its sign-in and sign-out, its paths and its alarms.
 *
 * It changes nothing of the door's stack, so apps come and go without each other's knowledge.
 */
export class SharedDoorApp extends Construct {
  /** The app's targets, with quick health checks. */
  public readonly targetGroup: elbv2.ApplicationTargetGroup;
  /** The app as a client of the door's user pool. */
  public readonly userPoolClient: cognito.UserPoolClient;
  /** The programs of `machineAccess` as clients of the user pool, by name. */
  public readonly machineClients: { [name: string]: cognito.UserPoolClient };
  /** The app answered 5xx at least five times a minute, in two of three minutes. */
  public readonly serverErrors: cloudwatch.Alarm;
  /** A target failed its health checks for three minutes. */
  public readonly unhealthyTargets: cloudwatch.Alarm;
  /** Environment variables for a container that verifies who is asking. None of them is a secret. */
  public readonly identityEnvironment: { [name: string]: string };
  /** Address of the app, `https://<domainName>`. */
  public readonly url: string;
  /** Place of the app's rules among those of the door's other apps. */
  public readonly slot: number;

  /** @throws Error when a property is missing or out of its limits, the slot is taken, or the door is full */
  public constructor(scope: Construct, id: string, props: SharedDoorAppProps) {
    super(scope, id);
    validateSharedDoorApp(props);
    const { frontDoor: door, domainName } = props;
    const slot = slotOf(domainName, props.slot);
    const sessionDuration = props.sessionDuration ?? Duration.hours(12);
    const userPool = cognito.UserPool.fromUserPoolId(this, 'Users', door.userPoolId);
    const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(this, 'Listener', {
      listenerArn: door.listenerArn,
      // The door's rules let every app be reached; one of each app would meet the quota of a security group.
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'Door', door.securityGroupId, { mutable: false }),
    });

    this.targetGroup = createAppTargetGroup(this, props);
    const client = this.createClient(userPool, sessionDuration, props);
    const app = elbv2.ListenerAction.forward([this.targetGroup]);
    const signInDomain = cognito.UserPoolDomain.fromDomainName(this, 'Domain', door.signInDomain);
    const poolByArn = cognito.UserPool.fromUserPoolArn(this, 'UsersByArn', door.userPoolArn);
    const cookieName = sharedCookieName(client.userPoolClientId);
    const session = (onUnauthenticatedRequest: elbv2.UnauthenticatedAction) =>
      sessionAction({
        userPool: poolByArn,
        client,
        domain: signInDomain,
        cookieName,
        sessionDuration,
        onUnauthenticatedRequest,
        providerNames: door.identityProviderNames,
        passwordSignIn: door.passwordSignIn,
        next: app,
      });
    const machines = props.machineAccess
      ? new MachineClients(this, 'Machines', userPool, domainName, props.machineAccess)
      : undefined;
    const priorityOf = (kind: SlotKind, index: number) => slotPriority(slot, kind, index);
    const rules = new DoorRules(this, 'Rules', {
      listener,
      host: domainName,
      publicPaths: props.publicPaths ?? [],
      apiPaths: props.apiPaths ?? [],
      machinePaths: props.machineAccess?.paths ?? [],
      open: app,
      deny: () => session(elbv2.UnauthenticatedAction.DENY),
      token: machines && (() => machines.validate(app)),
      priorityOf: (kind, index) => priorityOf(kind as SlotKind, index),
      forgeryRefused: true,
    });
    rules.addRule('SignOut', priorityOf('signOut', 0), this.redirectToSignOut(client, domainName), [
      elbv2.ListenerCondition.pathPatterns([SIGN_OUT_PATH]),
    ]);
    rules.addRule('App', priorityOf('app', 0), session(elbv2.UnauthenticatedAction.AUTHENTICATE), []);
    this.addAddress(listener, props);
    register(this, door, {
      domainName,
      slot,
      usage: {
        rules: rules.node.children.length,
        targetGroups: 1,
        certificates: props.certificate ? 1 : 0,
        resourceServers: machines ? 1 : 0,
        userPoolClients: 1 + Object.keys(machines?.clients ?? {}).length,
        styles: door.ownSignInPages ? 1 : 0,
      },
    });

    const alarms = appAlarms(this, this.targetGroup);
    this.serverErrors = alarms.serverErrors;
    this.unhealthyTargets = alarms.unhealthyTargets;
    this.userPoolClient = client;
    this.machineClients = machines?.clients ?? {};
    this.identityEnvironment = {
      ALB_IDENTITY_LOAD_BALANCER_ARN: door.loadBalancerArn,
      ALB_IDENTITY_CLIENT_ID: client.userPoolClientId,
      ALB_IDENTITY_ISSUER: issuerOf(this, userPool),
    };
    this.url = `https://${domainName}`;
    this.slot = slot;
  }

  private createClient(userPool: cognito.IUserPool, sessionDuration: Duration, props: SharedDoorAppProps) {
    const { frontDoor, domainName, branding } = props;
    const client = createLoadBalancerClient(this, userPool, {
      domainName,
      sessionDuration,
      providerNames: frontDoor.identityProviderNames,
      passwordSignIn: frontDoor.passwordSignIn,
      passkeys: false,
    });
    if (frontDoor.ownSignInPages) {
      new cognito.CfnManagedLoginBranding(this, 'Branding', {
        userPoolId: userPool.userPoolId,
        clientId: client.userPoolClientId,
        ...brandingProperties(branding),
      });
    }
    return client;
  }

  /** The door's function signs out of every app; which one it is stands in the path. */
  private redirectToSignOut(client: cognito.UserPoolClient, domainName: string) {
    return elbv2.ListenerAction.redirect({ path: `${SIGN_OUT_PATH}/${client.userPoolClientId}/${domainName}` });
  }

  private addAddress(listener: elbv2.IApplicationListener, props: SharedDoorAppProps) {
    const { frontDoor: door, domainName, certificate, hostedZone } = props;
    if (certificate) {
      new elbv2.ApplicationListenerCertificate(this, 'Certificate', { listener, certificates: [certificate] });
    }
    if (hostedZone && !isBelow(domainName, door.domainName)) {
      new route53.ARecord(this, 'Alias', {
        zone: hostedZone,
        recordName: `${domainName}.`,
        target: route53.RecordTarget.fromAlias({
          bind: () => ({ dnsName: door.loadBalancerDnsName, hostedZoneId: door.loadBalancerHostedZoneId }),
        }),
      });
    }
  }
}
