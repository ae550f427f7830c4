/** List prices, us-east-1, Linux on demand, without taxes, free tier or savings plans; read in November 2026. */
export const HOURS = 730;

export const prices = {
  /** https://aws.amazon.com/ec2/pricing/on-demand/ (USD an hour) */
  instances: { 't4g.nano': 0.0042, 't4g.small': 0.0168 } as Record<string, number>,
  /** https://aws.amazon.com/vpc/pricing/ (USD an hour; traffic of $0.045 a GB comes on top) */
  natGateway: 0.045,
  /** https://aws.amazon.com/vpc/pricing/ (USD an hour for each public IPv4 address) */
  publicIpv4: 0.005,
  /** https://aws.amazon.com/ebs/pricing/ (USD a GB and month) */
  disk: { gp3: 0.08, gp2: 0.1 } as Record<string, number>,
  /** https://aws.amazon.com/elasticloadbalancing/pricing/ (USD an hour; load units of $0.008 come on top) */
  loadBalancer: 0.0225,
};
