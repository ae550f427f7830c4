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
  /**
   * https://aws.amazon.com/cloudwatch/pricing/ (USD a month for each of the first 10,000 custom metrics, as which those of
   * Container Insights are charged)
   */
  customMetric: 0.3,
  /**
   * Metrics of Container Insights that are reported while tasks run, by their dimensions: a cluster, a service, and a family of
   * task definitions. Source: Amazon CloudWatch User Guide, "Amazon ECS Container Insights metrics", without those of EBS
   * volumes, Fargate's own storage and the agent for hosts. Its log events come on top, for each GB.
   */
  containerInsights: { cluster: 11, service: 13, family: 8 },
};
