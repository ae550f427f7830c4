import { HOURS, prices } from './prices';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no common type
  readonly Properties?: Record<string, any>;
}
export interface Template {
  readonly Resources: Record<string, Resource>;
}

/** What the resources of a template cost a month when nobody uses them, in USD, by kind. */
export function bill(template: Template): Record<string, number> {
  const all = Object.values(template.Resources);
  const of = (type: string) => all.filter((resource) => resource.Type === type);
  const natInstances = of('AWS::EC2::Instance');
  const gateways = of('AWS::EC2::NatGateway').length;
  const balancers = of('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const publicSubnets = of('AWS::EC2::Subnet').filter((subnet) => subnet.Properties?.MapPublicIpOnLaunch).length;
  const addresses = natInstances.length + gateways + balancers.length * publicSubnets;
  const hosts = of('AWS::AutoScaling::AutoScalingGroup').map((group) => ({
    count: Number(group.Properties?.DesiredCapacity ?? group.Properties?.MinSize),
    ...hostOf(template, group),
  }));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    hosts: sum(hosts.map((host) => host.count * price(prices.instances, host.type) * HOURS)),
    hostDisks: sum(hosts.map((host) => host.count * host.disk)),
    wayOut:
      (sum(natInstances.map((item) => price(prices.instances, item.Properties?.InstanceType))) +
        gateways * prices.natGateway) *
      HOURS,
    // The NAT instance's disk: the size of its launch template.
    wayOutDisks: natInstances.length * 8 * prices.disk.gp3,
    publicAddresses: addresses * prices.publicIpv4 * HOURS,
    loadBalancer: balancers.length * prices.loadBalancer * HOURS,
    containerInsights: insightsMetrics(template) * prices.customMetric,
  };
}

/** Metrics of the clusters that have Container Insights, and of their services. */
function insightsMetrics(template: Template): number {
  const all = Object.entries(template.Resources);
  const watched = new Set(all.filter(([, resource]) => hasInsights(resource)).map(([id]) => id));
  const services = all.filter(
    ([, { Type, Properties }]) => Type === 'AWS::ECS::Service' && watched.has(Properties?.Cluster?.Ref),
  ).length;
  const { cluster, service, family } = prices.containerInsights;
  return watched.size * cluster + services * (service + family);
}

function hasInsights({ Type, Properties }: Resource): boolean {
  const settings: { Name: string; Value: string }[] =
    (Type === 'AWS::ECS::Cluster' && Properties?.ClusterSettings) || [];
  const value = settings.find(({ Name }) => Name === 'containerInsights')?.Value ?? 'disabled';
  if (value !== 'enabled' && value !== 'disabled') {
    throw new Error(`'prices' must have the kind of Container Insights, got: ${value}`);
  }
  return value === 'enabled';
}

function hostOf(template: Template, group: Resource): { type: string; disk: number } {
  const { LaunchTemplate, LaunchConfigurationName } = group.Properties ?? {};
  const id = LaunchTemplate?.LaunchTemplateId?.Ref ?? LaunchConfigurationName?.Ref;
  const launch = template.Resources[id]?.Properties ?? {};
  const data = launch.LaunchTemplateData ?? launch;
  const [disk] = data.BlockDeviceMappings ?? [];
  // Without a mapping, the ECS-optimized image brings 30 GiB of its own kind: gp3 for Amazon Linux 2023, gp2 for 2.
  return { type: data.InstanceType, disk: (disk?.Ebs?.VolumeSize ?? 30) * prices.disk[disk?.Ebs?.VolumeType ?? 'gp2'] };
}

function price(table: Record<string, number>, type: string): number {
  if (!(type in table)) {
    throw new Error(`'prices' must have the instance type, got: ${type}`);
  }
  return table[type];
}
