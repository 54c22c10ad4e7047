import { confirm, sell } from 'test/booking/dealings';
import { expectStatus, type WireBooking } from 'test/support/coaching';
import { join, type WireEntry } from 'test/support/queues';
import type { TestApp } from 'test/support/test-app';
import type { LifePeople, LifeWords } from './full-life';

/** What the two have of each other, by what it shows. */
export interface Dealings {
  requestId: string;
  packageId: string;
  rejected: WireBooking;
  /** Moved by the client, then done. */
  moved: WireBooking;
  successor: WireBooking;
  /** Cancelled late by the client, and waived. */
  waived: WireBooking;
  /** Still to come. */
  coming: WireBooking;
  waiting: WireEntry;
}

/** Everything that coach and client do with each other. Each text that passes between them is planted. */
export async function dealings(
  app: TestApp,
  { coach, client, other }: LifePeople,
  { client: words, between }: LifeWords,
  gymId: string,
): Promise<Dealings> {
  const book = (at: string, message: string | null = null, by = client): Promise<WireBooking> =>
    expectStatus<WireBooking>(
      by.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: at, client_message: message, gym_id: gymId }),
      201,
    );
  const act = (path: string, body: object, status = 200, by = coach): Promise<Record<string, unknown>> =>
    expectStatus(by.http.post(path).send(body), status);

  const asked = await act(
    '/clients/coaching-requests',
    {
      ...{ coach_id: coach.id, discovery_slot: '2026-03-03T09:00:00Z' },
      client_message: words.text('coaching_requests.client_message'),
    },
    201,
    client,
  );
  const answer = { coach_message: between.text('coaching_requests.coach_message') };
  await act(`/coaches/coaching-requests/${String(asked['id'])}/accept`, answer);

  const rejected = await book('2026-03-04T09:00:00Z', words.text('bookings.client_message'));
  await act(`/bookings/${rejected.id}/reject`, { reason: between.text('bookings.coach_cancel_reason') });

  // Once they know each other, money and sessions.
  const relation = `/coaches/clients/${client.id}/relation`;
  const first = await book('2026-03-04T11:00:00Z');
  await confirm(coach, first);
  const reason = between.text('relations.status_reason');
  for (const status of ['paused', 'active'])
    await expectStatus(coach.http.put(relation).send({ status, reason, allow_unit_booking: true }), 200);
  const note = { content: between.text('coach_notes.content') };
  await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send(note), 200);
  const pack = await sell(coach, client, 5, { name: between.text('packages.name') });
  const correction = { sessions: 2, reason: between.text('package_movements.reason') };
  await act(`/coaches/clients/${client.id}/packages/${pack.id}/adjust`, correction);
  await act(
    `/coaches/clients/${client.id}/payments`,
    {
      ...{ amount_cents: 40_000, package_id: pack.id, status: 'paid', payment_method: 'cash' },
      reference: between.text('payments.reference'),
      description: between.text('payments.description'),
    },
    201,
  );

  const moved = await book('2026-03-05T09:00:00Z', words.text('bookings.moved_message'));
  await confirm(coach, moved);
  const move = { scheduled_at: '2026-03-06T09:00:00Z', reason: words.text('booking_transitions.reason') };
  const successor = await expectStatus<WireBooking>(
    client.http.post(`/bookings/${moved.id}/reschedule`).send(move),
    201,
  );
  await confirm(coach, successor);
  const late = await book('2026-03-07T09:00:00Z');
  await confirm(coach, late);
  const coming = await book('2026-03-25T09:00:00Z', words.text('bookings.coming_message'));
  await confirm(coach, coming);

  // Somebody else has the place that the client waits for.
  const taken = await book('2026-03-20T09:00:00Z', null, other);
  await confirm(coach, taken);
  const waiting = await join(client, coach.id, '2026-03-20T09:00:00Z');

  const sms = { scope: 'manual', client_ids: [client.id], custom_message: between.text('sms_messages.body') };
  await act('/coaches/sms/broadcast', sms);

  const logs = await expectStatus<{ items: { parameter_id: string }[] }>(client.http.get('/health/logs'), 200);
  const updates = logs.items.map(({ parameter_id }) => ({ parameter_id, shared: true }));
  await expectStatus(client.http.patch(`/health/sharing/${coach.id}`).send({ updates }), 200);
  await expectStatus(client.http.get('/coaches/search'), 200);

  await app.setClock('2026-03-06T12:00:00Z');
  await act(`/bookings/${successor.id}/done`, {});
  const leaving = { reason: words.text('bookings.late_reason') };
  await expectStatus(client.http.delete(`/bookings/${late.id}`).send(leaving), 200);
  const waived = { reason: between.text('bookings.waive_reason') };
  await act(`/bookings/${late.id}/waive-penalty`, waived);
  return {
    ...{
      requestId: String(asked['id']),
      packageId: pack.id,
      rejected,
      moved,
      successor,
      waived: late,
      coming,
      waiting,
    },
  };
}
