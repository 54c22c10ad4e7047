import { comingHour } from 'test/support/coming-hour';
import { type KeyHolder, keyHolder } from 'test/support/real-process';
import type { OwnDatabase } from 'test/support/own-database';

const COACHES = 3;
const CLIENTS = 12;

export interface StageCoach extends KeyHolder {
  /** What a package costs, and by which price it is bought. */
  pricingId: string;
  /** Whole hours at which he can be booked. */
  starts: readonly string[];
}

export interface Stage {
  coaches: readonly StageCoach[];
  clients: readonly KeyHolder[];
}

/** Few places and many who want them: one to three at a time, ten starts with each coach. */
export async function setStage(database: OwnDatabase, url: string): Promise<Stage> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => keyHolder(database.pool)));
  const coaches: StageCoach[] = [];
  for (let place = 1; place <= COACHES; place += 1) coaches.push(await coachWith(place, database, url));
  await database.pool.query(
    `INSERT INTO relations (coach_id, client_id, status, allow_unit_booking, created_at, updated_at)
     SELECT coach, client, 'active', true, now(), now() FROM unnest($1::uuid[]) AS coach, unnest($2::uuid[]) AS client`,
    [coaches.map(({ id }) => id), clients.map(({ id }) => id)],
  );
  return { coaches, clients };
}

async function coachWith(places: number, database: OwnDatabase, url: string): Promise<StageCoach> {
  const coach = await keyHolder(database.pool, 'coach');
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'x-api-key': coach.key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status !== 201) throw new Error(`${path}: ${String(answer.status)} ${text}`);
    return JSON.parse(text) as { id: string };
  };
  await post('/coaches/profile', {});
  for (const day_of_week of [0, 1, 2, 3, 4, 5, 6])
    await post('/coaches/availability', { day_of_week, start_time: '06:00', end_time: '22:00', max_slots: places });
  await post('/coaches/pricing', { type: 'per_session', name: 'One', price_cents: 5_000 });
  const pack = { type: 'package', name: 'Five', session_count: 5, price_cents: 20_000, is_public: true };
  const { id: pricingId } = await post('/coaches/pricing', pack);
  return { ...coach, pricingId, starts: comingStarts() };
}

/** Far enough away that no cancellation is late, however wrong a clock is. */
function comingStarts(): string[] {
  return [3, 4].flatMap((days) => [8, 10, 12, 14, 16].map((hour) => comingHour(days, hour)));
}
