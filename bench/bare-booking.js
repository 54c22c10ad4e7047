/**
 * The peer of the booking benchmark: Express 5 and pg making a booking with the very statements of the product, in its
 * transaction. Nothing else: no decision, no validation, no limits, no log, no encryption, no headers.
 */
const { createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const express = require('express');
const { Pool } = require('pg');
const { occasionOf } = require('../dist/modules/booking/booking.rules');
const { fillerOf } = require('./booking-template');

const [, , databaseUrl, templateFile, pepper] = process.argv;
const { keyLookUp, statements, pricings } = JSON.parse(readFileSync(templateFile, 'utf8'));
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.set('etag', false);
app.use(express.json());

app.post('/bookings', async (request, response) => {
  const hash = createHmac('sha256', pepper).update(request.get('x-api-key')).digest('hex');
  const { rows } = await pool.query({ ...keyLookUp, values: [hash] });
  if (rows.length === 0) return response.status(401).end();
  const { coach_id: coachId, scheduled_at: startsAt } = request.body;
  const occasion = occasionOf(coachId, new Date(startsAt));
  const fill = fillerOf({ coachId, clientId: rows[0].user_id, pricingId: pricings[coachId], occasion, startsAt });
  const client = await pool.connect();
  try {
    let last;
    for (const { name, text, values } of statements) {
      const { rows: found } = await client.query({ name, text, values: fill(values) });
      if (found?.length > 0) last = found;
    }
    response.status(201).json(last);
  } catch (error) {
    await client.query('ROLLBACK');
    response.status(500).json({ detail: error.message });
  } finally {
    client.release();
  }
});

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
