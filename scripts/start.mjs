// @ts-check
/**
 * `npm start`: the dashboard behind its sign-in page, on this machine, from nothing but Node and Python.
 */
import { requireMachine } from './prerequisites.mjs';
import { Problem, runMain, step } from './say.mjs';

const help = `Usage: npm start -- [options]

Installs what is missing, synthesizes the CDK app and opens its front door on this machine: the load balancer's rules,
a local sign-in page and the dashboard behind it, as they stand in the synthesized template.

Options
  --port N         port of the front door (default: 8080; 0 picks a free one)
  --data FILE      any CSV with a header, instead of the bundled synthetic one
  --uploads        also the upload page: a bucket in memory stands in for the one in AWS (not with docker)
  --engine NAME    how the dashboard runs: docker, process (a Python virtual environment), or auto (default: auto, which
                   means docker when an engine answers)
  --users FILE     who can sign in, instead of one colleague: [{"email": "a@paebbl.com", "groups": ["lab"]}]
  --help           this text

Examples
  npm start
  npm start -- --port 9000
  npm start -- --data ~/Downloads/measurements.csv
  npm start -- --uploads
`;

await runMain(async () => {
  requireMachine();
  const { parseArgs } = await import('node:util');
  const { spawn, spawnSync } = await import('node:child_process');
  const { existsSync } = await import('node:fs');
  const { join, resolve } = await import('node:path');
  const { container, installNodePackages, installPythonPackages, root, run, venv, venvPython } = await import(
    './install.mjs'
  );
  const { requireFreePort } = await import('./port.mjs');
  const { startUploads } = await import('./uploads.mjs');

  const options = read();
  if (options.help) {
    console.log(help);
    return 0;
  }
  // What can be refused is refused before minutes are spent on installing.
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535) {
    throw new Problem(`'--port' must be a number from 0 to 65535, got: ${options.port}`);
  }
  const data = existingFile('data');
  const users = existingFile('users');
  if (options.uploads && (data || options.engine === 'docker')) {
    // A file that is named is the only source, and a container cannot reach the keys that sign-ins are checked with.
    throw new Problem("'--uploads' must stand without '--data' and '--engine docker'.");
  }
  await requireFreePort(port);

  installPythonPackages({ tests: options.uploads });
  if (data) {
    const checked = spawnSync(venvPython, ['-m', 'paebbl_viz.check', data], { cwd: container, stdio: 'inherit' });
    if (checked.status !== 0) {
      return checked.status ?? 1;
    }
  }
  installNodePackages();
  step('Building and synthesizing');
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  run(process.execPath, [nx, 'run-many', '-t', 'build', 'synth', '-p', '@paebbl/preview', 'paebbl-viz-infra']);

  const uploads = options.uploads ? await startUploads(venvPython, '@paebbl.com') : undefined;
  // What lives in AWS is not here.
  const environment = uploads?.environment ?? {
    PAEBBL_S3_BUCKET: '',
    PAEBBL_UPLOAD_BUCKET: '',
    PAEBBL_COPY_BUCKET: '',
  };

  step('Opening the front door');
  const preview = spawn(
    process.execPath,
    [
      join(root, 'packages', 'preview', 'assets', 'bin', 'viz-preview.js'),
      ...['--app', join(root, 'apps', 'paebbl-viz', 'cdk.out'), '--stack', 'PaebblViz'],
      ...['--context', container, '--venv', venv, '--port', options.port],
      ...['--engine', uploads ? 'process' : options.engine],
      ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...(users ? ['--users', users] : ['--email', 'colleague@paebbl.com']),
      ...(data ? ['--file', `PAEBBL_DATA_FILE=${data}`] : []),
    ],
    { stdio: 'inherit' },
  );
  // A terminal sends Ctrl-C to both of us; a supervisor sends SIGTERM to this process alone. Either way it is the front
  // door that tidies up, and this process that waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => preview.kill('SIGTERM'));
  return new Promise((done) =>
    preview.on('close', (code) => {
      uploads?.stop();
      done(code ?? 1);
    }),
  );

  /** The path of the option's file, from where the command was typed. @param {'data' | 'users'} name */
  function existingFile(name) {
    const path = options[name] && resolve(process.env.INIT_CWD ?? process.cwd(), options[name]);
    if (path && !existsSync(path)) {
      throw new Problem(`'--${name}' must name a file that exists, got: ${options[name]}`);
    }
    return path;
  }

  function read() {
    try {
      return parseArgs({
        options: {
          port: { type: 'string', default: '8080' },
          data: { type: 'string' },
          engine: { type: 'string', default: 'auto' },
          uploads: { type: 'boolean', default: false },
          users: { type: 'string' },
          help: { type: 'boolean', short: 'h', default: false },
        },
      }).values;
    } catch (error) {
      throw new Problem(
        `${/** @type {Error} */ (error).message.split('. To specify')[0]}. \`npm start -- --help\` lists the options.`,
      );
    }
  }
});
