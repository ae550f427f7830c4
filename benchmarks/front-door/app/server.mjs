// The bare app: a small JSON answer, as a dashboard's cached query is.
import { createServer } from 'node:http';

const [host, port] = process.argv[process.argv.indexOf('--bind') + 1].split(':');
const body = JSON.stringify({ rows: Array.from({ length: 100 }, (_, index) => [index, index / 3]) });

createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}).listen(Number(port), host, () => process.stdout.write('listening\n'));
