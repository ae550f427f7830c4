import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FrontDoorQuotas } from './front-door-quotas';
import type { SharedDoorAppProps } from './shared-door-app-props';
import type { SharedFrontDoorProps } from './shared-front-door-props';
import { validateAppProps, validateDoorProps } from './validate-props';
import { requireForm, requireInteger, requireThat } from './validation';

/** @throws Error when a value is one that AWS would refuse, or that would leave the door open */
export function validateSharedDoor(scope: Construct, props: SharedFrontDoorProps): void {
  requireForm(
    props.doorName,
    'doorName',
    /^[a-z][a-z0-9-]{0,62}$/,
    'be 1 to 63 lower-case letters, digits and hyphens, starting with a letter',
  );
  validateDoorProps(scope, props);
  requireThat(
    !(props.existingUserPool && props.identityProviders),
    'identityProviders',
    "be left out when 'existingUserPool' is given, which has them: name them in 'existingProviderNames'",
    props.identityProviders?.map(({ name }) => name),
  );
  requireThat(
    !props.existingProviderNames || Boolean(props.existingUserPool),
    'existingProviderNames',
    "be given together with 'existingUserPool' only",
    props.existingProviderNames,
  );
  validateQuotas(props.quotas);
}

function validateQuotas(quotas: FrontDoorQuotas = {}) {
  requireInteger(quotas.rules, 'quotas.rules', 100, 10_000);
  requireInteger(quotas.certificates, 'quotas.certificates', 25, 10_000);
  requireInteger(quotas.resourceServers, 'quotas.resourceServers', 25, 300);
  requireInteger(quotas.userPoolClients, 'quotas.userPoolClients', 1000, 10_000);
}

/** @throws Error when a value is one that AWS would refuse, or that would leave the door open */
export function validateSharedDoorApp(props: SharedDoorAppProps): void {
  validateAppProps(props);
  const { domainName, frontDoor, certificate, branding } = props;
  requireThat(
    Boolean(certificate) || Token.isUnresolved(domainName) || isBelow(domainName, frontDoor.domainName),
    'domainName',
    `be one label below ${frontDoor.domainName}, or have a 'certificate' of its own`,
    domainName,
  );
  requireThat(
    !branding || frontDoor.ownSignInPages,
    'branding',
    "be left out unless the door has 'ownSignInPages'",
    'a look',
  );
}

/** Whether a name has one label more: what `*.<parent>` stands for, in a certificate and in DNS. */
export function isBelow(name: string, parent: string): boolean {
  return name.endsWith(`.${parent}`) && !name.slice(0, -parent.length - 1).includes('.');
}
