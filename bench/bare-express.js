/**
 * The peer of the HTTP benchmark: Express 5 and pg answering the same authenticated requests with the very statements
 * of the product: the key is looked up, then the answer is read, and what was read is sent; where the product computes its
 * answer, that answer is sent. Nothing else: no cache, no validation, no limits, no
 * log, no headers. What the product costs beyond this, and what its key cache saves, is what the ratios show.
 */
const { createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const express = require('express');
const { Pool } = require('pg');

const [, , databaseUrl, statementsFile, pepper] = process.argv;
const { keyLookUp, routes, answers } = JSON.parse(readFileSync(statementsFile, 'utf8'));
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.set('etag', false);

for (const [path, statements] of Object.entries(routes))
  app.get(path, async (request, response) => {
    const hash = createHmac('sha256', pepper).update(request.get('x-api-key')).digest('hex');
    const { rows } = await pool.query({ ...keyLookUp, values: [hash] });
    if (rows.length === 0) return response.status(401).end();
    const results = [];
    for (const statement of statements) results.push((await pool.query(statement)).rows);
    response.json(answers[path] ?? results);
  });

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
