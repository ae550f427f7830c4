import { run, type Terminal } from './run';

const terminal: Terminal = {
  env: process.env,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};

void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
