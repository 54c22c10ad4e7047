import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { addTemplate, PATH, templatesOf } from './templating';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app);
});

describe('a preview', () => {
  const preview = (template: string, booking: string, person = coach) =>
    person.http.post(`${PATH}/${template}/preview`).send({ booking_id: booking });

  it('is what the client of a booking would read: his language, the coach’s clock', async () => {
    const client = await app.register({ first_name: 'Zoë', locale: 'en-GB', timezone: 'America/New_York' });
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const { id } = await addTemplate(coach, { title: 'Tout', body: '{prénom} / {date} / {heure} / {coach} / {date}' });
    const answer = await preview(id, booking.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      template_id: id,
      resolved_body: 'Zoë / Tuesday, 3 March 2026 / 10:00 / Inès / Tuesday, 3 March 2026',
      client_name: 'Zoë Martin',
    });
  });

  it('says the day of the coach where the client has another', async () => {
    const sydney = await aCoach(app, { timezone: 'Australia/Sydney', from: '08:00', to: '20:00' });
    const client = await app.register({ locale: 'fr-FR', timezone: 'America/New_York' });
    // Nine in the morning of Wednesday in Sydney, Tuesday in New York.
    const booking = await book(client, sydney.id, '2026-03-03T22:00:00Z');
    const { id } = await addTemplate(sydney, { title: 'Jour', body: '{date} à {heure}' });
    const answer = await expectStatus(preview(id, booking.id, sydney), 200);
    expect(answer).toMatchObject({ resolved_body: 'mercredi 4 mars 2026 à 09:00' });
  });

  it('takes a name with braces for text', async () => {
    const client = await app.register({ first_name: '{coach} {date} $&' });
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const { id } = await addTemplate(coach, { title: 'Nom', body: 'Bonjour {prénom}, {coach}' });
    const answer = await expectStatus(preview(id, booking.id), 200);
    expect(answer).toMatchObject({ resolved_body: 'Bonjour {coach} {date} $&, Inès' });
  });

  it('is not made from a booking or a template of somebody else', async () => {
    const client = await app.register();
    const other = await aCoach(app);
    const [own] = await templatesOf(coach);
    const [foreign] = await templatesOf(other);
    const [mine, theirs] = [
      await book(client, coach.id, '2026-03-03T09:00:00Z'),
      await book(client, other.id, '2026-03-04T09:00:00Z'),
    ];
    // As a client of the other coach he reads that booking elsewhere, but it is not one of his sessions.
    const asClient = await book(coach, other.id, '2026-03-05T09:00:00Z');
    for (const id of [theirs.id, asClient.id, randomUUID()]) {
      const answer = await preview(String(own?.id), id);
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'booking_not_found']);
    }
    const answer = await preview(String(foreign?.id), mine.id);
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'template_not_found']);
    const nothing = await coach.http.post(`${PATH}/${String(own?.id)}/preview`).send({});
    expect(faultsOf(nothing.body)).toEqual(['booking_id required']);
  });
});
