/**
 * A server that does nothing: node:http with one answer, no framework, no database. What its slowest hundredth waits is
 * what the machine and the load do to anybody.
 */
const { createServer } = require('node:http');

const server = createServer((request, response) => response.end('{}')).listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
