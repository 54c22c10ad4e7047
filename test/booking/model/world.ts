import { aCoach, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { bond } from 'test/booking/dealings';
import { BEGIN, type Coach, COACHES, FRIENDS, PEOPLE, type Person } from './scenery';

interface Availability {
  id: string;
  day_of_week: number;
}

/** What a run leaves behind, in any order: the people and what the coaches offer stay. */
const TRACES = [
  'seats, engagements, booking_transitions, bookings, coaching_requests, waitlist_entries, time_offs',
  'package_movements, packages, payments, relations, notifications, sandbox_messages, idempotency_keys, coach_notes',
].join(', ');

/** The real product: the same people and coaches in every run, on an empty diary. */
export class World {
  private constructor(
    readonly app: TestApp,
    readonly people: readonly TestPerson[],
    private readonly hours: readonly Availability[][],
  ) {}

  static async furnish(app: TestApp): Promise<World> {
    await app.setClock(new Date(BEGIN).toISOString());
    const coaches: TestPerson[] = [];
    const hours: Availability[][] = [];
    for (const terms of COACHES) {
      const coach = await aCoach(app, {
        timezone: terms.timezone,
        from: clockTime(terms.opensMin),
        to: clockTime(terms.closesMin),
        priceCents: terms.singlePrice,
        profile: {
          currency: 'EUR',
          session_duration_min: terms.sessionMin,
          buffer_min: terms.bufferMin,
          min_notice_hours: terms.noticeHours,
          booking_horizon_days: terms.horizonDays,
          discovery_enabled: true,
          discovery_free: terms.discoveryPrice === 0,
          discovery_price_cents: terms.discoveryPrice,
          discovery_duration_min: terms.discoveryMin,
        },
      });
      coaches.push(coach);
      hours.push(await expectStatus<Availability[]>(coach.http.get('/coaches/availability'), 200));
    }
    return new World(app, [...coaches, ...(await crowd(app, PEOPLE - coaches.length))], hours);
  }

  /** Forgets everything that happened; the ledger refuses that to the product itself. */
  async clear(): Promise<void> {
    await this.app.setClock(new Date(BEGIN).toISOString());
    const client = await this.app.database.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL session_replication_role = replica');
      await client.query(`TRUNCATE ${TRACES} CASCADE`);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    for (const [coach, friend] of FRIENDS) await bond(this.app, this.of(coach), this.of(friend));
    for (const coach of [0, 1] as const) {
      await this.policy(coach, { threshold_hours: 24, mode: coach === 0 ? 'manual' : 'auto', noshow_is_due: true });
      await this.app.database.query('UPDATE availabilities SET max_slots = 1 WHERE coach_id = $1', [this.of(coach).id]);
    }
  }

  of(person: Person): TestPerson {
    const found = this.people[person];
    if (!found) throw new Error(`nobody ${String(person)}`);
    return found;
  }

  async policy(coach: Coach, policy: Record<string, unknown>): Promise<void> {
    await expectStatus(this.of(coach).http.put('/coaches/cancellation-policy').send(policy), 200);
  }

  async places(coach: Coach, weekday: number, places: number): Promise<void> {
    const row = this.hours[coach]?.find(({ day_of_week }) => day_of_week === weekday);
    const path = `/coaches/availability/${row?.id ?? ''}`;
    await expectStatus(this.of(coach).http.put(path).send({ max_slots: places }), 200);
  }

  /** What the tables say, in the words of the model. */
  async look(): Promise<Sight> {
    const { rows } = await this.app.database.query<{ sight: Sight }>({ name: 'model_sight', text: SIGHT });
    const [row] = rows;
    if (!row) throw new Error('nothing to see');
    return row.sight;
  }
}

/** Everything that the model knows too, each list by id. */
export interface Sight {
  bookings: [id: string, status: string, deducted: boolean, due: boolean, waived: boolean, endsAt: number][];
  packages: [id: string, status: string, balance: number, remaining: number, used: number, until: string | null][];
  entries: [id: string, status: string, expiresAt: number | null][];
  queue: string[];
  payments: [bookingId: string, status: string][];
  relations: [coachId: string, clientId: string, status: string][];
}

const list = (columns: string, from: string, order: string): string =>
  `(SELECT coalesce(json_agg(json_build_array(${columns}) ORDER BY ${order}), '[]') FROM ${from})`;
const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;
const SIGHT = `SELECT json_build_object(
  'bookings', ${list(`id, status, session_deducted, penalty_due, late_cancel_waived, ${ms('ends_at')}`, 'bookings', 'id')},
  'packages', ${list('id, status, balance, remaining, used, valid_until', 'packages', 'id')},
  'entries', ${list(`id, status, CASE status WHEN 'notified' THEN ${ms('expires_at')} END`, 'waitlist_entries', 'id')},
  'queue', (SELECT coalesce(json_agg(id ORDER BY coach_id, starts_at, position), '[]') FROM waitlist_entries
            WHERE status IN ('waiting', 'notified')),
  'payments', ${list('booking_id, status', `payments WHERE status <> 'cancelled' AND booking_id IS NOT NULL`, 'booking_id')},
  'relations', ${list('coach_id, client_id, status', 'relations', 'coach_id, client_id')}) AS sight`;

function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
