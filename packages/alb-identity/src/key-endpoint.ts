/** Where the public keys of a load balancer are. Each part of AWS has an address of its own. */
export function keyEndpointOf(loadBalancerArn: string): string {
  const [, partition, , region] = loadBalancerArn.split(':');
  switch (partition) {
    case 'aws-us-gov':
      return `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}`;
    case 'aws-cn':
      return `https://public-keys.auth.elb.${region}.amazonaws.com.cn`;
    default:
      return `https://public-keys.auth.elb.${region}.amazonaws.com`;
  }
}
