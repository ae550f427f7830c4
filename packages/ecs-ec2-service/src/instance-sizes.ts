import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What decides how many tasks a host carries. */
export interface InstanceSize {
  /** Network interfaces that can be attached, the host's own included. */
  readonly interfaces: number;
  readonly vcpus: number;
  readonly memoryGib: number;
}

type Row = readonly [interfaces: number, vcpus: number, memoryGib: number];

// Sources: Amazon EC2 User Guide "Maximum IP addresses per network interface", and the instance type pages for vCPU and
// memory. Only families that suit a team's app stand here; any other type still works, unchecked and with a warning.
const burstable: Record<string, Row> = {
  nano: [2, 2, 0.5],
  micro: [2, 2, 1],
  small: [3, 2, 2],
  medium: [3, 2, 4],
  large: [3, 2, 8],
  xlarge: [4, 4, 16],
  '2xlarge': [4, 8, 32],
};
const graviton: Record<string, Row> = {
  medium: [2, 1, 4],
  large: [3, 2, 8],
  xlarge: [4, 4, 16],
  '2xlarge': [4, 8, 32],
  '4xlarge': [8, 16, 64],
};
const { medium: _none, ...intel } = graviton;

const families: Record<string, Record<string, Row>> = {
  t3: burstable,
  t4g: burstable,
  ...sameShape(['m6g', 'm7g', 'm8g'], graviton, 1),
  ...sameShape(['c6g', 'c7g', 'c8g'], graviton, 0.5),
  ...sameShape(['r6g', 'r7g', 'r8g'], graviton, 2),
  ...sameShape(['m6i', 'm7i'], intel, 1),
  ...sameShape(['c6i', 'c7i'], intel, 0.5),
  ...sameShape(['r6i', 'r7i'], intel, 2),
};

/** The limits of an instance type, or undefined when this package does not know the type. */
export function instanceSize(type: ec2.InstanceType): InstanceSize | undefined {
  const [family, size] = type.toString().split('.');
  const row = families[family]?.[size];
  return row && { interfaces: row[0], vcpus: row[1], memoryGib: row[2] };
}

/** Compute-optimised families have half the memory per vCPU, memory-optimised ones twice. */
function sameShape(names: string[], rows: Record<string, Row>, memoryFactor: number) {
  const scaled = Object.fromEntries(
    Object.entries(rows).map(([size, [interfaces, vcpus, gib]]) => [size, [interfaces, vcpus, gib * memoryFactor]]),
  ) as unknown as Record<string, Row>;
  return Object.fromEntries(names.map((name) => [name, scaled]));
}
