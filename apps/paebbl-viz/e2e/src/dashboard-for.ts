import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dashboard, repository, startDashboard, VIZ_PREVIEW } from './dashboard';

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly groups?: string[];
}

/** What differs from `npm start`. */
export interface DashboardOptions {
  /** A folder of the test's own. */
  readonly folder: string;
  /** Who may sign in. */
  readonly people: readonly Person[];
  /**
   * The synthesized app.
   *
   * @default - as `npm run synth` leaves it
   */
  readonly assembly?: string;
  readonly environment: Readonly<Record<string, string>>;
}

const app = join(repository, 'apps', 'paebbl-viz');

/** Starts the dashboard with people and variables of one's own. */
export function startDashboardFor({ folder, people, assembly, environment }: DashboardOptions): Promise<Dashboard> {
  const users = join(folder, 'people.json');
  writeFileSync(users, JSON.stringify(people));
  const container = join(app, 'container');
  const args = ['--app', assembly ?? join(app, 'cdk.out'), '--stack', 'PaebblViz', '--context', container];
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const venv = ['--venv', join(container, '.venv'), '--engine', 'process'];
  return startDashboard([...args, ...venv, '--users', users, ...variables], {}, VIZ_PREVIEW);
}
