// The peer: a plain reverse proxy (httpxy), which asks nobody who they are.
import { Agent, createServer } from 'node:http';
import { createProxyServer } from 'httpxy';

const [target, port] = process.argv.slice(2);
const proxy = createProxyServer({ target, xfwd: true, agent: new Agent({ keepAlive: true }) });

createServer((request, response) => {
  proxy.web(request, response).catch(() => response.destroy());
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
