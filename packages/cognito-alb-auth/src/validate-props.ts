import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { validateAccessLogs } from './access-logs';
import { validateAllowList } from './allow-list';
import { validateBranding } from './branding';
import type { CognitoAlbAuthProps } from './cognito-alb-auth-props';
import { validateFirewall } from './firewall';
import { validateMachineAccess } from './machine-access';
import { validateDistinct, validatePaths } from './paths';
import { validateSecurityHeaders } from './security-headers';
import { requireForm, requireInteger, requireThat } from './validation';

const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const PREFIX = /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const WEEK_SECONDS = 604_800;

/** Properties that say who comes in and how, of a door for one app or for many. */
type DoorProps = Pick<
  CognitoAlbAuthProps,
  | 'domainName'
  | 'certificate'
  | 'hostedZone'
  | 'signInDomainPrefix'
  | 'identityProviders'
  | 'passwordSignIn'
  | 'allow'
  | 'mfa'
  | 'passkeys'
  | 'existingUserPool'
  | 'securityHeaders'
  | 'accessLogs'
  | 'firewall'
> & {
  /** Names of providers that a shared user pool has already. */
  readonly existingProviderNames?: string[];
};

/** Properties of the app behind it. */
type AppProps = Pick<
  CognitoAlbAuthProps,
  | 'domainName'
  | 'branding'
  | 'publicPaths'
  | 'apiPaths'
  | 'machineAccess'
  | 'targetPort'
  | 'sessionDuration'
  | 'deregistrationDelay'
  | 'healthCheckPath'
>;

/** @throws Error when a value is one that AWS would refuse, or that would leave the door open */
export function validateProps(scope: Construct, props: CognitoAlbAuthProps): void {
  validateDoorProps(scope, props);
  validateAppProps(props);
  validateLoadBalancer(props);
}

/** What a door must be given, whether it is for one app or for many. */
export function validateDoorProps(scope: Construct, props: DoorProps): void {
  validateDomainName(props.domainName);
  requireThat(
    Boolean(props.certificate || props.hostedZone),
    'certificate',
    "be given when there is no 'hostedZone' to validate one by",
    'none of the two',
  );
  validateZone(props);
  validateUsers(props);
  validateSecurityHeaders(props.securityHeaders);
  validateAccessLogs(scope, props.accessLogs);
  validateFirewall(props.firewall);
}

/** What an app must be given, whether it has a door for itself or not. */
export function validateAppProps(props: AppProps): void {
  validateDomainName(props.domainName);
  validateBranding(props.branding);
  validatePaths('publicPaths', props.publicPaths);
  validatePaths('apiPaths', props.apiPaths);
  validatePaths('machineAccess.paths', props.machineAccess?.paths);
  validateDistinct({ publicPaths: props.publicPaths, apiPaths: props.apiPaths });
  validateMachineAccess(props.machineAccess);
  requireInteger(props.targetPort, 'targetPort', 1, 65_535);
  requireInteger(props.sessionDuration?.toSeconds(), 'sessionDuration', 1, WEEK_SECONDS);
  requireInteger(props.deregistrationDelay?.toSeconds(), 'deregistrationDelay', 0, 3600);
  requireForm(props.healthCheckPath, 'healthCheckPath', /^\/[\x21-\x7e]{0,1023}$/, "be a path that starts with '/'");
}

function validateLoadBalancer({ loadBalancer, vpc }: CognitoAlbAuthProps) {
  requireThat(
    !loadBalancer?.vpc || loadBalancer.vpc.vpcId === vpc.vpcId,
    'loadBalancer',
    "be in the network 'vpc', where the targets are",
    loadBalancer?.vpc?.node.path,
  );
  const taken = loadBalancer?.listeners.map(({ connections }) => connections.defaultPort?.toString() ?? '');
  requireThat(
    !taken?.includes('80') && !taken?.includes('443'),
    'loadBalancer',
    'have no listeners on the ports 80 and 443',
    taken,
  );
}

function validateDomainName(domainName: string) {
  requireForm(domainName, 'domainName', DOMAIN_NAME, 'be a domain name in lower case, like viz.example.com');
  requireForm(
    domainName,
    'domainName',
    /^(?!.*\.elb\.amazonaws\.com(\.cn)?$)/,
    "be a name of your own, because the load balancer's has capitals that Cognito refuses",
  );
}

function validateUsers(props: DoorProps) {
  validateAllowList(props.allow);
  const providers = props.identityProviders ?? [];
  requireThat(
    providers.length > 0 || (props.existingProviderNames ?? []).length > 0 || props.passwordSignIn !== false,
    'passwordSignIn',
    "be true when there are no 'identityProviders', or nobody could sign in",
    props.passwordSignIn,
  );
  const names = providers.map(({ name }) => name);
  requireThat(new Set(names).size === names.length, 'identityProviders', 'have a name each', names);
  if (props.existingUserPool) {
    for (const prop of ['allow', 'mfa', 'passkeys', 'signInDomainPrefix'] as const) {
      requireThat(
        props[prop] === undefined,
        prop,
        "be set on the pool itself when 'existingUserPool' is given",
        props[prop],
      );
    }
    const open = providers.find((provider) => provider._anybody)?.name;
    requireThat(
      !open,
      'identityProviders',
      "leave out what anybody can sign in with, when 'existingUserPool' is given",
      open,
    );
  } else {
    requireForm(
      signInDomainPrefix(props),
      'signInDomainPrefix',
      PREFIX,
      "be 1 to 63 lower-case letters, digits and hyphens, without 'aws', 'amazon' and 'cognito'",
    );
    requireThat(
      Boolean(props.allow) || !providers.some((provider) => provider._anybody),
      'allow',
      'name domains or groups, because anybody can sign in with a provider like Google',
      props.allow ?? 'nothing',
    );
  }
  requireThat(
    !props.passkeys || (props.passwordSignIn ?? providers.length === 0),
    'passkeys',
    "be off when 'passwordSignIn' is, because only users of the user pool have them",
    props.passkeys,
  );
}

function validateZone({ domainName, hostedZone }: DoorProps) {
  if (!hostedZone || Token.isUnresolved(hostedZone.zoneName) || Token.isUnresolved(domainName)) {
    return;
  }
  const zone = hostedZone.zoneName.replace(/\.$/, '');
  requireThat(
    domainName === zone || domainName.endsWith(`.${zone}`),
    'domainName',
    `be in the zone of 'hostedZone', ${zone}`,
    domainName,
  );
}

/** The prefix that was given, or one made from the address. */
export function signInDomainPrefix({ signInDomainPrefix: given, domainName }: DoorProps): string {
  if (given !== undefined) {
    return given;
  }
  requireThat(
    !Token.isUnresolved(domainName),
    'signInDomainPrefix',
    "be given when 'domainName' is only known at deployment",
    given,
  );
  return domainName.replaceAll('.', '-');
}
