import { setPolicy } from 'test/booking/dealings';
import { expectStatus, type WireBooking } from 'test/support/coaching';
import { join } from 'test/support/queues';
import type { Cue, Scene, Stage } from 'test/fuzz/stage';

const MINUTE_MS = 60_000;

const asked: Scene = async (stage) => ({ actor: 'steady coach', path: { id: (await stage.booking()).id } });

async function over(stage: Stage): Promise<Cue> {
  const { id, scheduled_at: start } = await stage.session();
  await stage.goOn(Date.parse(start) + 61 * MINUTE_MS);
  return { actor: 'steady coach', path: { id } };
}

async function cancelledLate(stage: Stage): Promise<Cue> {
  await setPolicy(await stage.coach(), { mode: 'manual' });
  const { id, scheduled_at: start } = await stage.session();
  await stage.goOn(Date.parse(start) - MINUTE_MS);
  await expectStatus(stage.people.person('guest').http.delete(`/bookings/${id}`), 200);
  return { actor: 'steady coach', path: { id } };
}

async function wanted(stage: Stage): Promise<Cue> {
  const [coach, { http }] = [await stage.coach(), await stage.guest()];
  const request = http.post('/clients/coaching-requests').send({ coach_id: coach.id });
  const { id } = await expectStatus<{ id: string }>(request, 201);
  return { actor: 'steady coach', path: { id }, body: { discovery_slot: undefined } };
}

/** An hour that somebody else has, and how he lets it go. */
async function taken(stage: Stage): Promise<{ booking: WireBooking; coachId: string; letGo: () => Promise<unknown> }> {
  const booking = await stage.booking();
  const { http } = stage.people.person('guest');
  const letGo = (): Promise<unknown> => expectStatus(http.delete(`/bookings/${booking.id}`), 200);
  return { booking, coachId: booking.coach_id, letGo };
}

async function waiting(stage: Stage, isOffered = false): Promise<Cue> {
  const { booking, coachId, letGo } = await taken(stage);
  const { id } = await join(await stage.guest(), coachId, booking.scheduled_at);
  if (isOffered) await letGo();
  return { actor: 'guest', path: { id } };
}

/** Sessions, what becomes of them, and who waits for one. */
export const OF_BOOKINGS: Readonly<Record<string, Scene>> = {
  'post /bookings': async (stage) => {
    const [coach] = await stage.ward();
    const others = { pricing_type: undefined, pricing_id: undefined, package_id: undefined };
    const body = { coach_id: coach.id, scheduled_at: stage.slot(), client_id: undefined, gym_id: undefined, ...others };
    return { actor: 'guest', body };
  },
  'post /bookings/{id}/confirm': asked,
  'post /bookings/{id}/reject': asked,
  'delete /bookings/{id}': async (stage) => ({ actor: 'guest', path: { id: (await stage.booking()).id } }),
  'post /bookings/{id}/reschedule': async (stage) => {
    const { id } = await stage.session();
    return { actor: 'guest', path: { id }, body: { scheduled_at: stage.slot() } };
  },
  'post /bookings/{id}/done': over,
  'post /bookings/{id}/no-show': over,
  'post /bookings/{id}/apply-penalty': cancelledLate,
  'post /bookings/{id}/waive-penalty': cancelledLate,
  'post /clients/coaching-requests': async (stage) => {
    const { id } = await stage.coach();
    await stage.guest();
    return { actor: 'guest', body: { coach_id: id, discovery_slot: undefined } };
  },
  'delete /clients/coaching-requests/{id}': async (stage) => ({ ...(await wanted(stage)), actor: 'guest' }),
  'post /coaches/coaching-requests/{id}/accept': wanted,
  'post /coaches/coaching-requests/{id}/reject': wanted,
  'post /waitlist/{coach_id}/{slot_datetime}': async (stage) => {
    const { booking, coachId } = await taken(stage);
    await stage.guest();
    return { actor: 'guest', path: { coach_id: coachId, slot_datetime: booking.scheduled_at } };
  },
  'put /waitlist/{coach_id}/{slot_datetime}/reorder': async (stage) => {
    const { booking, coachId } = await taken(stage);
    const first = await join(await stage.guest(), coachId, booking.scheduled_at);
    const second = await join(await stage.guest(), coachId, booking.scheduled_at);
    const body = [second, first].map(({ id }, at) => ({ id, position: at + 1 }));
    return { actor: 'steady coach', path: { coach_id: coachId, slot_datetime: booking.scheduled_at }, body };
  },
  'post /waitlist/{id}/confirm': (stage) => waiting(stage, true),
  'delete /waitlist/{id}': (stage) => waiting(stage),
};
