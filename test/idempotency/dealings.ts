import { bond, confirm, sell, setPolicy } from 'test/booking/dealings';
import { book, expectStatus } from 'test/support/coaching';
import { join } from 'test/support/queues';
import type { TestPerson } from 'test/support/test-app';
import { type Attempts, type Scene, SLOT } from './scene';

const confirmed = async ({ coach, client }: Scene): Promise<string> => {
  const booking = await book(client, coach.id, SLOT);
  await confirm(coach, booking);
  return booking.id;
};
const full = async ({ app, coach }: Scene): Promise<{ holder: TestPerson; bookingId: string }> => {
  const holder = await app.register();
  return { holder, bookingId: (await book(holder, coach.id, SLOT)).id };
};
const packagePrice = async ({ coach }: Scene): Promise<string> => {
  const price = { type: 'package', name: 'Dix', session_count: 10, price_cents: 45_000 };
  return (await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(price), 201)).id;
};

/** What coach and client do with each other: sessions, places, packages and money. */
export const DEALINGS: Attempts = {
  'post /coaches/bookings/bulk-cancel': async ({ coach, client }) => ({
    person: coach,
    path: '/coaches/bookings/bulk-cancel',
    body: { booking_ids: [(await book(client, coach.id, SLOT)).id], custom_message: 'Malade', block_slots: true },
  }),
  'post /clients/coaching-requests': ({ coach, client }) => ({
    person: client,
    path: '/clients/coaching-requests',
    body: { coach_id: coach.id },
  }),
  'post /coaches/coaching-requests/{id}/accept': async ({ coach, client }) => {
    const asked = client.http.post('/clients/coaching-requests').send({ coach_id: coach.id });
    const { id } = await expectStatus<{ id: string }>(asked, 201);
    return { person: coach, path: `/coaches/coaching-requests/${id}/accept`, body: { coach_message: 'Bienvenue' } };
  },
  'post /bookings': ({ coach, client }) => ({
    person: client,
    path: '/bookings',
    body: { coach_id: coach.id, scheduled_at: SLOT },
  }),
  'post /bookings/{id}/reschedule': async ({ coach, client }) => {
    const { id } = await book(client, coach.id, SLOT);
    const body = { scheduled_at: '2026-03-04T09:00:00Z' };
    return { person: client, path: `/bookings/${id}/reschedule`, body };
  },
  'post /bookings/{id}/done': async (scene) => {
    const id = await confirmed(scene);
    await scene.app.setClock(SLOT);
    return { person: scene.coach, path: `/bookings/${id}/done` };
  },
  'post /bookings/{id}/no-show': async (scene) => {
    const id = await confirmed(scene);
    await scene.app.setClock(SLOT);
    return { person: scene.coach, path: `/bookings/${id}/no-show` };
  },
  'post /bookings/{id}/apply-penalty': async (scene) => {
    await setPolicy(scene.coach, { mode: 'manual' });
    const id = await confirmed(scene);
    await scene.app.setClock('2026-03-02T10:00:00Z');
    await expectStatus(scene.client.http.delete(`/bookings/${id}`), 200);
    return { person: scene.coach, path: `/bookings/${id}/apply-penalty` };
  },
  'post /waitlist/{coach_id}/{slot_datetime}': async (scene) => {
    await full(scene);
    return { person: scene.client, path: `/waitlist/${scene.coach.id}/${SLOT}` };
  },
  'post /waitlist/{id}/confirm': async (scene) => {
    const { holder, bookingId } = await full(scene);
    const { id } = await join(scene.client, scene.coach.id, SLOT);
    await expectStatus(holder.http.delete(`/bookings/${bookingId}`), 200);
    return { person: scene.client, path: `/waitlist/${id}/confirm` };
  },
  'post /coaches/clients/{id}/packages': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const body = { name: 'Dix', sessions_total: 10, price_cents: 45_000 };
    return { person: coach, path: `/coaches/clients/${client.id}/packages`, body };
  },
  'post /coaches/clients/{id}/packages/{package_id}/adjust': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const { id } = await sell(coach, client, 10);
    const body = { sessions: 1, reason: 'Offerte' };
    return { person: coach, path: `/coaches/clients/${client.id}/packages/${id}/adjust`, body };
  },
  'post /packages/purchase': async (scene) => ({
    person: scene.client,
    path: '/packages/purchase',
    body: { pricing_id: await packagePrice(scene), payment_method: 'card' },
  }),
  'post /coaches/clients/{id}/payments': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    return { person: coach, path: `/coaches/clients/${client.id}/payments`, body: { amount_cents: 5_000 } };
  },
};
