// @ts-check
/**
 * The registry's own process: `node verdaccio-host.mjs CONFIG`. Prints its address, and ends with whoever started it.
 */
import verdaccio from 'verdaccio';

const [config] = process.argv.slice(2);
const app = await verdaccio.runServer(config, { listenArg: '127.0.0.1:0' });
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`LISTENING ${server.address().port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
