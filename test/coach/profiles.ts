import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Somebody who has just made this coach profile. */
export async function coachWith(app: TestApp, profile: Record<string, unknown> = {}): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach' });
  await expectStatus(coach.http.post('/coaches/profile').send(profile), 201);
  return coach;
}

/** The week of a coach without hours. */
export const IDLE_WEEK = [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({
  day_of_week,
  is_working_day: false,
  time_slots: [],
}));
