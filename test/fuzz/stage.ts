import { Clock } from 'src/common/clock/clock';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { bond, confirm } from 'test/booking/dealings';
import { aCoach, book, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import type { TestApp, TestPerson } from 'test/support/test-app';
import type { Neighbours } from './neighbours';
import type { People } from './people';

/** What a scene gives to the request that follows it: who asks, and what is named. Undefined = left out. */
export interface Cue {
  actor?: 'guest' | 'steady coach' | 'new coach' | 'admin' | 'nobody';
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: Record<string, unknown> | readonly unknown[];
}

/** What has to have happened before a route can be asked rightly. */
export type Scene = (stage: Stage) => Promise<Cue>;

/** A job that carries a mail and always succeeds: what is parked as a dead letter. */
export const A_MAIL_JOB = 'fuzz_note';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of one coach, before another takes over: they have to lie before the end of what can be booked. */
const MOST_SESSIONS = 250;
/** Hours that are open in Paris by summer and by winter time. */
const [FIRST_HOUR, HOURS] = [8, 10];

/** Where scenes are played, by people whom no other request has touched: guests, and a coach who does nothing else. */
export class Stage {
  private sessions = MOST_SESSIONS;
  private isLater = false;

  constructor(
    readonly app: TestApp,
    readonly people: People,
    readonly neighbours: Neighbours,
  ) {
    const describe = (): Promise<{ type: string; userId: null }> => Promise.resolve({ type: 'note', userId: null });
    app.nest.get(JobRegistry).register(A_MAIL_JOB, () => Promise.resolve(), { channel: 'email', describe });
  }

  get admin(): TestPerson {
    return this.people.person('admin');
  }

  /** In ms. */
  get now(): number {
    return this.app.nest.get(Clock).nowMs();
  }

  /** Somebody new, whose address is proved; the last one is the actor of that name. */
  async guest(): Promise<TestPerson> {
    const [guest] = await crowd(this.app, 1);
    if (!guest) throw new Error('nobody came');
    return this.people.welcome(guest);
  }

  /** Somebody new who has a password and has had a mail, which takes its time. */
  registered(): Promise<TestPerson> {
    return this.people.invite();
  }

  /** One place at a time, an hour each; whoever wants may ask for coaching. */
  async coach(): Promise<TestPerson> {
    if (this.sessions < MOST_SESSIONS) return this.people.person('steady coach');
    this.sessions = 0;
    const profile = { discovery_enabled: true, booking_horizon_days: 90 };
    return this.people.enter('steady coach', await aCoach(this.app, { profile }));
  }

  /** Somebody new, whose coach he is. */
  async ward(): Promise<[coach: TestPerson, guest: TestPerson]> {
    const [coach, guest] = [await this.coach(), await this.guest()];
    await bond(this.app, coach, guest, 'active', { allowUnitBooking: true });
    return [coach, guest];
  }

  /** An hour of the coach that nobody has had. */
  slot(): string {
    const day = Math.floor(this.now / DAY_MS) + 1 + Math.floor(this.sessions / HOURS);
    const hour = FIRST_HOUR + (this.sessions % HOURS);
    this.sessions += 1;
    return new Date(day * DAY_MS + hour * HOUR_MS).toISOString().replace('.000', '');
  }

  /** Somebody new has asked for an hour of the coach. */
  async booking(): Promise<WireBooking> {
    const [coach, guest] = await this.ward();
    return book(guest, coach.id, this.slot());
  }

  /** And the coach has said yes. */
  async session(): Promise<WireBooking> {
    const booking = await this.booking();
    // The one who was asked: the next booking may be another coach's.
    return confirm(this.people.person('steady coach'), booking);
  }

  /** From then on, until the request that follows has been answered. */
  async goOn(toMs: number): Promise<void> {
    this.isLater = true;
    await this.app.setClock(new Date(toMs).toISOString());
  }

  /** The request has been answered. */
  async clear(): Promise<void> {
    if (this.isLater) await this.people.wind();
    this.isLater = false;
    this.neighbours.tidy();
  }
}
