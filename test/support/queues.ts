import { expectStatus, type WireBooking } from './coaching';
import type { TestApp, TestPerson } from './test-app';

/** Queues at full slots, for tests about who waits for what. */
export interface WireEntry {
  id: string;
  coach_id: string;
  client_id: string;
  slot_datetime: string;
  position: number;
  status: string;
  notified_at: string | null;
  expires_at: string | null;
  booking_id: string | null;
  created_at: string;
  [field: string]: unknown;
}

interface Listed {
  items: WireEntry[];
  total: number;
}

export async function join(person: TestPerson, coachId: string, startsAt: string): Promise<WireEntry> {
  return expectStatus<WireEntry>(person.http.post(`/waitlist/${coachId}/${startsAt}`), 201);
}

/** Everybody who was ever in the queue, as its coach sees it: who waits first, by position. */
export async function queueOf(coach: TestPerson, startsAt: string, query = ''): Promise<WireEntry[]> {
  const path = `/waitlist/${coach.id}/${startsAt}?limit=100${query}`;
  return (await expectStatus<Listed>(coach.http.get(path), 200)).items;
}

/** Who waits or has an offer, by position: `id of the client, status`. */
export async function liveQueueOf(coach: TestPerson, startsAt: string): Promise<[clientId: string, status: string][]> {
  const entries = await queueOf(coach, startsAt, '&status=waiting&status=notified');
  return entries.map(({ client_id, status }) => [client_id, status]);
}

/** One entry, as the database has it now. */
export async function entryOf(coach: TestPerson, { id, slot_datetime }: WireEntry): Promise<WireEntry> {
  const found = (await queueOf(coach, slot_datetime)).find((entry) => entry.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
}

export interface WireConfirmation {
  entry: WireEntry;
  booking: WireBooking;
}

export async function take(person: TestPerson, { id }: Pick<WireEntry, 'id'>): Promise<WireConfirmation> {
  return expectStatus<WireConfirmation>(person.http.post(`/waitlist/${id}/confirm`), 200);
}

/** Runs the job of the queues once; answers how many entries it changed. */
export async function runQueueJob(app: TestApp): Promise<number> {
  const path = '/sandbox/jobs/expire_waitlist_notifications/run';
  return (await expectStatus<{ processed_count: number }>(app.http.post(path), 200)).processed_count;
}
