/**
 * The peer of the HTTP benchmark: Express 5 and pg, the same statements, the same bytes answered, and nothing else: no
 * authentication, no validation, no limits, no log. What the product costs beyond this is what the ratios show.
 */
const express = require('express');
const { Pool } = require('pg');

const [, , databaseUrl, statements] = process.argv;
const { me, list } = JSON.parse(statements);
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.set('etag', false);

app.get('/auth/me', async (request, response) => {
  const results = [];
  for (const { name, text, values } of me) results.push((await pool.query({ name, text, values })).rows);
  response.json(results);
});

app.get('/bookings', async (request, response) => {
  const results = [];
  for (const { name, text, values } of list) results.push((await pool.query({ name, text, values })).rows);
  response.json(results);
});

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
