/**
 * The peer of the HTTP benchmark: Express 5 and pg, the very statements of the product, and nothing else: no key, no
 * validation, no limits, no log. What the product costs beyond this is what the ratios show.
 */
const { readFileSync } = require('node:fs');
const express = require('express');
const { Pool } = require('pg');

const [, , databaseUrl, statementsFile] = process.argv;
const routes = JSON.parse(readFileSync(statementsFile, 'utf8'));
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.set('etag', false);

for (const [path, statements] of Object.entries(routes))
  app.get(path, async (_request, response) => {
    const results = [];
    for (const statement of statements) results.push((await pool.query(statement)).rows);
    response.json(results);
  });

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
