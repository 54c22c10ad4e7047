import { promote, registerProved } from 'test/auth/links';
import { bond, sell } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { join } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const SLOT = '2026-03-03T09:00:00Z';

let app: TestApp;
let admin: TestPerson;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await registerProved(app);
  await promote(app, admin);
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aCoach(app);
  client = await app.register();
});

/** What the audit log got while `work` ran: who, what, and to which row. */
const entriesOf = async (work: () => Promise<unknown>): Promise<unknown[]> => {
  const known = await all();
  await work();
  return (await all()).slice(known.length);
};
const all = async (): Promise<unknown[]> =>
  (
    await app.database.query<{ actor_id: string; action: string; target_id: string }>(
      'SELECT actor_id, action, target_id FROM audit_log ORDER BY ctid',
    )
  ).rows.map(({ actor_id, action, target_id }) => [actor_id, action, target_id]);

describe('an administrator in the place of a coach', () => {
  it('leaves an entry for a booking that he answers, and the coach none', async () => {
    const [first, second] = [await book(client, coach.id, SLOT), await book(client, coach.id, '2026-03-04T09:00:00Z')];
    const confirm = (who: TestPerson, id: string) => () => expectStatus(who.http.post(`/bookings/${id}/confirm`), 200);
    expect(await entriesOf(confirm(admin, first.id))).toEqual([[admin.id, 'booking.moved', first.id]]);
    expect(await entriesOf(confirm(coach, second.id))).toEqual([]);
    const cancel = () => expectStatus(client.http.delete(`/bookings/${first.id}`), 200);
    expect(await entriesOf(cancel)).toEqual([]);
  });

  it('leaves an entry for a request that he answers', async () => {
    await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
    const asked = client.http.post('/clients/coaching-requests').send({ coach_id: coach.id });
    const { id } = await expectStatus<{ id: string }>(asked, 201);
    const accept = () => expectStatus(admin.http.post(`/coaches/coaching-requests/${id}/accept`).send({}), 200);
    expect(await entriesOf(accept)).toEqual([[admin.id, 'coaching_request.answered', id]]);
  });

  it('leaves an entry for a package that he corrects, and the coach none', async () => {
    await bond(app, coach, client);
    const { id } = await sell(coach, client, 10);
    const adjust = (who: TestPerson) => () => {
      const path = `/coaches/clients/${client.id}/packages/${id}/adjust`;
      return expectStatus(who.http.post(path).send({ sessions: 1, reason: 'Offerte' }), 200);
    };
    expect(await entriesOf(adjust(admin))).toEqual([[admin.id, 'package.adjusted', id]]);
    expect(await entriesOf(adjust(coach))).toEqual([]);
  });

  it('leaves an entry for a queue that he arranges and for whom he takes out of it, and the coach none', async () => {
    await book(client, coach.id, SLOT);
    const [one, two] = [
      await join(await app.register(), coach.id, SLOT),
      await join(await app.register(), coach.id, SLOT),
    ];
    const arrange = (who: TestPerson) => () =>
      expectStatus(who.http.put(`/waitlist/${coach.id}/${SLOT}/reorder`).send([{ id: two.id, position: 1 }]), 200);
    const remove = (who: TestPerson, id: string) => () => expectStatus(who.http.delete(`/waitlist/${id}`), 204);
    expect(await entriesOf(arrange(admin))).toEqual([[admin.id, 'waitlist.reordered', coach.id]]);
    expect(await entriesOf(remove(admin, one.id))).toEqual([[admin.id, 'waitlist.entry_removed', one.id]]);
    expect(await entriesOf(arrange(coach))).toEqual([]);
    expect(await entriesOf(remove(coach, two.id))).toEqual([]);
  });
});
