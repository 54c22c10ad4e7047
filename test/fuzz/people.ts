import { bond, sell } from 'test/booking/dealings';
import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { runErrands } from './errands';
import type { Stock } from './stock';
import { NOW } from './valid-values';

export const ACTORS = ['coach', 'other coach', 'client', 'other client', 'admin', 'guest', 'nobody', 'forged'] as const;
/** Whom the stage has besides: a coach whom nothing but scenes touches, and one who has only just registered. */
export type Actor = (typeof ACTORS)[number] | 'steady coach' | 'new coach';

const HALF_DAY_MS = 43_200_000;

/** A key that looks well and that nobody has. */
const FORGED = 'mck_0000000000000000000000000000000000000000000000000';

/** Those who call, and two who never do and whose data must not be seen by them. */
export class People {
  private readonly keys = new Map<Actor, string>();
  private readonly persons = new Map<Actor, TestPerson>();
  /** Texts that belong to those two alone. */
  private readonly secrets: string[] = [];
  private turns = 0;
  private guest: TestPerson | null = null;

  private constructor(
    readonly app: TestApp,
    private readonly stock: Stock,
  ) {}

  static async gather(app: TestApp, stock: Stock): Promise<People> {
    const people = new People(app, stock);
    await app.setClock(NOW);
    await people.hide();
    await people.settle();
    await people.tend();
    return people;
  }

  key(actor: Actor): string | undefined {
    return actor === 'forged' ? FORGED : this.keys.get(actor);
  }

  /** What of the two who never call is in this text. */
  secretsIn(text: string): string[] {
    return this.secrets.filter((secret) => text.includes(secret));
  }

  /** Somebody new, for a route that ends the key or the account of its caller. */
  async invite(): Promise<TestPerson> {
    return this.welcome(await this.app.register({ first_name: 'Gaston', last_name: 'Passager' }));
  }

  welcome(guest: TestPerson): TestPerson {
    this.guest = guest;
    this.keys.set('guest', guest.key);
    this.stock.put('admin', 'guest', guest.id);
    return guest;
  }

  person(actor: Actor): TestPerson {
    const person = actor === 'guest' ? this.guest : this.persons.get(actor);
    if (!person) throw new Error(`nobody is the ${actor}`);
    return person;
  }

  enter(actor: Actor, person: TestPerson): TestPerson {
    this.keys.set(actor, person.key);
    this.persons.set(actor, person);
    return person;
  }

  private async settle(): Promise<void> {
    this.enter('coach', await aCoach(this.app, { maxSlots: 2, profile: { discovery_enabled: true, city: 'Lyon' } }));
    this.enter('other coach', await aCoach(this.app, { profile: { discovery_enabled: true } }));
    this.enter('client', await this.app.register({ gender: 'female' }));
    this.enter('other client', await this.app.register());
    const admin = this.enter('admin', await this.app.register());
    await this.app.database.query("UPDATE users SET role = 'admin' WHERE id = $1", [admin.id]);
    for (const city of ['Lyon', 'Paris'])
      this.stock.put('nobody', 'gym', await aClub(this.app, { chain: 'Basic', city }));
    await this.invite();
    for (const [actor, person] of [...this.persons].reverse()) {
      if (actor === 'admin') continue;
      const isCoach = actor.endsWith('coach');
      for (const other of ACTORS) if (other !== actor) this.stock.put(other, isCoach ? 'coach' : 'client', person.id);
    }
  }

  private async hide(): Promise<void> {
    const coach = await aCoach(this.app, { profile: { bio: 'Hidden-coach-bio' } });
    const client = await this.app.register({ last_name: 'Hiddensurname', phone: '+33698765432' });
    await bond(this.app, coach, client);
    const booking = await book(client, coach.id, '2026-03-05T09:00:00Z');
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Hidden-note' }), 200);
    const trained = { date: '2026-03-01T17:00:00Z' };
    const session = await expectStatus(coach.http.post(`/performances/for-client/${client.id}`).send(trained), 201);
    const pack = await sell(coach, client, 10, { name: 'Hidden-package' });
    // Their ids are for everybody to try.
    for (const [kind, id] of [
      ['booking', booking.id],
      ['client', client.id],
      ['performance', String(session['id'])],
      ['package', pack.id],
    ] as const)
      for (const actor of ACTORS) this.stock.put(actor, kind, id);
    this.secrets.push(client.email, coach.email, 'Hiddensurname', '33698765432', 'Hidden-note', 'Hidden-package');
  }

  /** Sets the clock to where it stands. Time goes on with each turn, so that what was booked takes place. */
  async wind(): Promise<void> {
    await this.app.setClock(new Date(Date.parse(NOW) + Math.min(this.turns, 30) * HALF_DAY_MS).toISOString());
  }

  /** Makes what the others may have torn down: relations, hours, a price, a package, a clock that stands. */
  async tend(): Promise<void> {
    this.turns += 1;
    await this.wind();
    const [coach, other, client] = [this.person('coach'), this.person('other coach'), this.person('client')];
    await bond(this.app, coach, client, 'active', { allowUnitBooking: true });
    await bond(this.app, coach, this.person('other client'), 'active', { allowUnitBooking: true });
    await bond(this.app, other, client, 'active', { allowUnitBooking: true });
    // Codes by SMS are counted by this clock, which does not go on for ever.
    await this.app.database.query('DELETE FROM phone_code_sendings');
    await this.app.database.query('DELETE FROM time_offs WHERE coach_id = ANY ($1::uuid[])', [[coach.id, other.id]]);
    await this.reopen([coach.id, other.id]);
    await this.app.database.query(
      `UPDATE users SET role = CASE WHEN id = ANY ($1::uuid[]) THEN 'coach' ELSE role END WHERE id = ANY ($2::uuid[])`,
      [[coach.id, other.id], [...this.persons.values()].map(({ id }) => id)],
    );
    const idOf = (actor: string): string | undefined => this.persons.get(actor as Actor)?.id;
    await runErrands(this.app, this.stock, (actor) => this.key(actor), idOf, this.turns);
  }

  /** Coaches who can be booked and asked, whatever they said of themselves meanwhile. */
  private async reopen(coaches: readonly string[]): Promise<void> {
    const { database } = this.app;
    await database.query(
      `UPDATE coach_profiles SET session_duration_min = 60, discovery_enabled = true, discovery_free = true,
         discovery_price_cents = NULL, booking_horizon_days = 60, buffer_min = 0, min_notice_hours = 0, max_clients = NULL
       WHERE user_id = ANY ($1::uuid[])`,
      [coaches],
    );
    await database.query('DELETE FROM availabilities WHERE coach_id = ANY ($1::uuid[])', [coaches]);
    await database.query(
      `INSERT INTO availabilities (coach_id, day_of_week, start_minute, end_minute, max_slots, active, created_at, updated_at)
       SELECT coach_id, day, 480, 1200, 2, true, now(), now()
       FROM unnest($1::uuid[]) AS coach_id, generate_series(0, 6) AS day`,
      [coaches],
    );
  }
}
