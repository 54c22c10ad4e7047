import { expectStatus } from 'test/support/coaching';
import type { TestPerson } from 'test/support/test-app';

/** When coaches are away. */

export const NOW = '2026-03-02T06:00:00Z';
/** Wednesday afternoon, from 13:00 to 17:00 in Paris. */
export const AFTERNOON = { starts_at: '2026-03-04T12:00:00Z', ends_at: '2026-03-04T16:00:00Z' };

interface WireTimeOff {
  id: string;
  starts_at: string;
  ends_at: string;
  reason: string | null;
  created_at: string;
  affected_booking_ids: string[];
}
interface List {
  items: WireTimeOff[];
  total: number;
  has_more: boolean;
}

export async function take(coach: TestPerson, values: object = AFTERNOON): Promise<WireTimeOff> {
  return expectStatus<WireTimeOff>(coach.http.post('/coaches/time-off').send(values), 201);
}

export async function timeOffsOf(coach: TestPerson, query = ''): Promise<List> {
  return expectStatus<List>(coach.http.get(`/coaches/time-off${query}`), 200);
}
