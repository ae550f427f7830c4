/**
 * How long one task takes to be replaced, by documented parameters: this package's defaults behind its sibling's front door
 * against what aws-ecs-patterns and ECS do by default. The parameters are read from the two synthesized templates.
 *
 *   node benchmarks/rollout-time/run.mjs
 *
 * T = P + C + H + D + S
 *   P  placement of the task on a host                        5 s assumed
 *   C  pull and start of the container                       15 s assumed
 *   H  until the new target is healthy: a newly registered target needs one passed check (Elastic Load Balancing,
 *      "Health checks for Application Load Balancer target groups"), at worst the whole threshold: interval x 1 .. threshold
 *   D  deregistration delay of the old target (same guide, "Edit target group attributes")
 *   S  stop of the old task: 1 s when it obeys SIGTERM at once .. its stop timeout (ECS: 30 s)
 */
import { writeReport } from '../write-report';
import { parametersOf, shapes } from './shapes';

const PLACEMENT = 5;
const START = 15;

const results = Object.entries(shapes).map(([name, make]) => {
  const shape = parametersOf(make);
  const fixed = PLACEMENT + START + shape.deregistrationSeconds;
  return {
    name,
    ...shape,
    secondsAtBest: fixed + shape.checkIntervalSeconds + 1,
    secondsAtWorst: fixed + shape.checkIntervalSeconds * shape.checksAtWorst + shape.stopTimeoutSeconds,
  };
});
const report = {
  benchmark: 'rollout-time',
  what: 'a model, not a measurement: seconds to replace one task, T = P + C + H + D + S with placement 5 s and pull-and-start 15 s assumed',
  results,
};
writeReport(report);
console.table(results);
