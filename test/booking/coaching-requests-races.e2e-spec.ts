import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bondOf } from './dealings';
import { ask, bookDiscovery, bookingOf, onlyRequestOf, post, requestsOf, SLOT, strangers } from './requesting';

describe('coaching requests', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ coach, client } = await strangers(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('at once', () => {
    const statuses = (answers: { status: number; body: unknown }[]): string[] =>
      answers
        .map(({ status, body }) => (status < 300 ? 'ok' : ((body as { detail?: string }).detail ?? String(status))))
        .sort();
    const times = <T>(count: number, act: () => PromiseLike<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: count }, act));

    it('ten identical requests are one', async () => {
      const answers = await times(10, () => post(client, '/clients/coaching-requests', { coach_id: coach.id }));
      expect(statuses(answers)).toEqual(['ok', ...Array.from({ length: 9 }, () => 'request_already_pending')]);
      expect(await requestsOf(client)).toHaveLength(1);
    });

    it('two yeses give one session', async () => {
      const { id } = await ask(client, coach, { discovery_slot: SLOT });
      const answers = await times(2, () => post(coach, `/coaches/coaching-requests/${id}/accept`));
      expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
      const { rowCount } = await app.database.query('SELECT FROM bookings WHERE coach_id = $1', [coach.id]);
      expect(rowCount).toBe(1);
    });

    it.each([false, true])('a yes and a withdrawal: one of them is heard (booked: %s)', async (isBooked) => {
      for (let round = 0; round < 5; round += 1) {
        client = await app.register();
        if (isBooked) await bookDiscovery(client, coach);
        else await ask(client, coach, { discovery_slot: SLOT });
        const { id, booking_id: bookingId } = await onlyRequestOf(client);
        const answers = await Promise.all([
          post(coach, `/coaches/coaching-requests/${id}/accept`),
          bookingId
            ? client.http.delete(`/bookings/${bookingId}`)
            : client.http.delete(`/clients/coaching-requests/${id}`),
        ]);
        const after = await onlyRequestOf(client);
        const relation = await bondOf(app, coach, client);
        const booking = after.booking_id === null ? null : (await bookingOf(client, after)).status;
        const state = [after.status, booking, relation].join(' ');
        // A confirmed booking may still be cancelled after the yes; its request was accepted.
        expect([
          'accepted confirmed discovery',
          'accepted cancelled_by_client discovery',
          'cancelled cancelled_by_client ',
          'cancelled  ',
        ]).toContain(state);
        if (booking !== 'cancelled_by_client') expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
        if (after.booking_id && booking === 'confirmed')
          await expectStatus(client.http.delete(`/bookings/${after.booking_id}`), 200);
      }
    });

    it('a yes to the request and one to its booking confirm it once', async () => {
      const { id: bookingId } = await bookDiscovery(client, coach);
      const { id } = await onlyRequestOf(client);
      const answers = await Promise.all([
        post(coach, `/coaches/coaching-requests/${id}/accept`),
        post(coach, `/bookings/${bookingId}/confirm`),
      ]);
      expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
    });

    it('a sale and a no leave nobody with a package and no relation', async () => {
      const sold = { name: 'Cinq', sessions_total: 5, price_cents: 20_000 };
      for (let round = 0; round < 8; round += 1) {
        client = await app.register();
        const { id } = await ask(client, coach);
        const [sale] = await Promise.all([
          post(coach, `/coaches/clients/${client.id}/packages`, sold),
          post(coach, `/coaches/coaching-requests/${id}/reject`),
        ]);
        expect([sale.status, await bondOf(app, coach, client)]).toEqual(
          sale.status === 201 ? [201, 'pending'] : [404, null],
        );
      }
    });
  });
});
