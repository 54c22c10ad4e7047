import { randomUUID } from 'node:crypto';
import { exerciseId } from 'src/database/exercise-catalogue';
import { aToken } from 'test/enrollment/enrolling';
import { setOf, train } from 'test/performance/training';
import { adjustmentsOf, aPlan, assigned, onDay, planned } from 'test/program/following';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { enter } from 'test/wellness/values';

/** What belongs to somebody: the id that a stranger tries. */
export interface Belongings {
  device: string;
  pricing: string;
  availability: string;
  certification: string;
  timeOff: string;
  template: string;
  client: string;
  coach: string;
  booking: string;
  request: string;
  package: string;
  notification: string;
  waitlistEntry: string;
  performance: string;
  plan: string;
  adjustment: string;
  link: string;
  enrollmentToken: string;
  healthLog: string;
}

export interface World {
  /** The coach whose everything is, but for the request and the place in a queue of two of his clients. */
  owner: TestPerson;
  client: TestPerson;
  belongings: Belongings;
}

/** What a route needs to be told before it looks for the row. */
export const BODIES: Readonly<Record<string, object>> = {
  'post /performances/for-client/{id}': { date: '2026-03-01T17:00:00Z' },
  'put /performances/{id}': { feeling: 3 },
  'put /coaches/programs/{id}': { name: 'Autre' },
  'post /coaches/programs/{id}/assign': { client_id: randomUUID(), start_date: '2026-03-02' },
  'put /coaches/clients/{id}/relation': { status: 'ended' },
  'put /coaches/clients/{id}/note': { content: 'Bonjour' },
  'put /waitlist/{coach_id}/{slot_datetime}/reorder': [{ id: randomUUID(), position: 1 }],
  'put /clients/coaches/{coach_id}/sharing': { share_performances: true },
  'post /coaches/clients/{id}/packages': { name: 'Dix', sessions_total: 10, price_cents: 1 },
  'post /coaches/clients/{id}/packages/{package_id}/adjust': { sessions: 1, reason: 'Offerte' },
  'post /coaches/clients/{id}/payments': { amount_cents: 1 },
  'put /coaches/clients/{id}/payments/{payment_id}': { status: 'paid' },
  'post /coaches/cancellation-templates/{id}/preview': { booking_id: randomUUID() },
  'post /bookings/{id}/reschedule': { scheduled_at: '2026-03-04T09:00:00Z' },
};

/** A route as it is asked about one row. */
export function named(route: string, id: string, { package: packageId }: Pick<Belongings, 'package'>): string {
  const path = route.split(' ')[1] ?? '';
  return path
    .replace('{slot_datetime}', '2026-03-03T09:00:00Z')
    .replace(/\{\w+\}/, id)
    .replace(/\{\w+\}/, packageId);
}

/** A coach who has one of each. */
export async function aWorld(app: TestApp): Promise<World> {
  const owner = await aCoach(app);
  const client = await app.register();
  const diploma = owner.http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' });
  const certification = await expectStatus<{ id: string }>(diploma, 201);
  const booking = await book(client, owner.id, '2026-03-03T09:00:00Z');
  await expectStatus(owner.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'active' }), 200);
  await expectStatus(owner.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Ponctuel' }), 200);
  await expectStatus(
    owner.http.post('/coaches/time-off').send({ starts_at: '2026-03-09T00:00:00Z', ends_at: '2026-03-10T00:00:00Z' }),
    201,
  );
  const tenSessions = { name: 'Dix', sessions_total: 10, price_cents: 45_000 };
  const sold = owner.http.post(`/coaches/clients/${client.id}/packages`).send(tenSessions);
  const { id: soldId } = await expectStatus<{ id: string }>(sold, 201);
  await expectStatus(owner.http.post(`/coaches/clients/${client.id}/payments`).send({ amount_cents: 5_000 }), 201);
  const trained = owner.http.post(`/performances/for-client/${client.id}`).send({ date: '2026-03-01T17:00:00Z' });
  const performance = await expectStatus<{ id: string }>(trained, 201);
  const squat = exerciseId('barbell-back-squat');
  await assigned(app, owner, client, await aPlan(owner, onDay(0, planned(squat, 40))), '2026-03-02');
  await train(client, '2026-03-02T07:00:00Z', [setOf(squat, 1)]);
  const [adjustment] = await adjustmentsOf(client);
  const written = owner.http.post('/coaches/programs').send({ name: 'Force' });
  const plan = await expectStatus<{ id: string }>(written, 201);
  const link = owner.http.post('/users/me/social-links').send({ platform: 'x', url: 'https://x.com/ines' });
  const { id: linkId } = await expectStatus<{ id: string }>(link, 201);
  const { id: tokenId } = await aToken(owner);
  const { id: logId } = await enter(app, owner, 'weight_kg', 60);
  const firstOf = async (path: string): Promise<string> => {
    const body = await expectStatus<{ items?: { id: string }[] } | { id: string }[]>(owner.http.get(path), 200);
    const [row] = Array.isArray(body) ? body : (body.items ?? []);
    if (!row) throw new Error(`nothing at ${path}`);
    return row.id;
  };
  await expectStatus(owner.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
  const asked = (await app.register()).http.post('/clients/coaching-requests').send({ coach_id: owner.id });
  const request = await expectStatus<{ id: string }>(asked, 201);
  const waitingFor = async (coachId: string, startsAt: string): Promise<string> => {
    const someone = await app.register();
    const entry = someone.http.post(`/waitlist/${coachId}/${startsAt}`);
    return (await expectStatus<{ id: string }>(entry, 201)).id;
  };
  const belongings: Belongings = {
    device: await firstOf('/auth/api-keys'),
    pricing: await firstOf('/coaches/pricing'),
    availability: await firstOf('/coaches/availability'),
    certification: certification.id,
    timeOff: await firstOf('/coaches/time-off'),
    template: await firstOf('/coaches/cancellation-templates'),
    client: client.id,
    coach: owner.id,
    booking: booking.id,
    request: request.id,
    package: soldId,
    notification: await firstOf('/notifications'),
    performance: performance.id,
    plan: plan.id,
    adjustment: adjustment?.id ?? '',
    link: linkId,
    enrollmentToken: tokenId,
    healthLog: logId,
    waitlistEntry: await waitingFor(owner.id, '2026-03-03T09:00:00Z'),
  };
  return { owner, client, belongings };
}
