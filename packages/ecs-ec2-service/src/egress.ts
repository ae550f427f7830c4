import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * How hosts and tasks reach the internet (image registry, AWS APIs, data sources), in a VPC that this construct makes.
 *
 * An awsvpc task on EC2 never has a public address, so its subnet needs a way out.
 */
export class Egress {
  /**
   * One small EC2 instance that translates addresses, for the whole VPC: about $7 a month with its public IPv4 address.
   *
   * While it restarts, running tasks go on serving; only what they call outside fails, and no new task can start. AWS
   * recovers it when its hardware fails; when it was stopped by hand, somebody must start it again.
   *
   * @param instanceType its size. Default: t4g.nano, enough for 5 Gbit/s bursts and 32 Mbit/s all the time
   */
  public static natInstance(instanceType?: ec2.InstanceType): Egress {
    return new Egress('instance', 1, instanceType ?? new ec2.InstanceType('t4g.nano'));
  }

  /**
   * NAT gateways, managed by AWS: about $37 a month each with its public IPv4 address, plus $0.045 per GB.
   *
   * @param count one is enough to work; one per availability zone survives the loss of a zone. Default: 1
   */
  public static natGateways(count: number = 1): Egress {
    return new Egress('gateway', count);
  }

  /**
   * No way out. Images, logs and AWS APIs must be reachable through VPC endpoints, which you add to `service.vpc`: without
   * those for `ecs`, `ecs-agent`, `ecs-telemetry`, `ecr.api`, `ecr.dkr`, `logs` and `s3`, no task ever starts.
   */
  public static none(): Egress {
    return new Egress('none', 0);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'instance' | 'gateway' | 'none',
    /** @internal */
    public readonly _count: number,
    /** @internal */
    public readonly _instanceType?: ec2.InstanceType,
  ) {}
}
