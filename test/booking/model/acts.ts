import fc from 'fast-check';
import { expectInvariants } from 'test/support/invariants';
import type { Engine } from './engine';
import { holdsOf } from './ledger';
import {
  type Coach,
  COACHES,
  DAY,
  dayOf,
  daysAfter,
  type Entry,
  HOUR,
  isActive,
  isLive,
  MINUTE,
  type Person,
  Refusal,
  type Session,
  type Wish,
} from './scenery';
import type { Sight, World } from './world';

interface Answer {
  status: number;
  body: unknown;
}

/** One act on both: the model says what the product must answer, and what it must look like after it. */
interface Act {
  /** What is done, in words for the report of a failure. */
  name: string;
  /** Null when the act has nothing to act on. */
  run(model: Engine, world: World): Promise<void> | null;
}

const JOBS = [
  'auto_reject_expired_bookings',
  'expire_waitlist_notifications',
  'auto_complete_bookings',
  'settle_undecided_penalties',
  'expire_packages',
  'mark_late_payments',
] as const;

/** Plays an act on the model, asks the product for the same, and compares what they answer. */
async function compare<T>(
  success: number | ((made: T) => number),
  play: () => T,
  ask: () => PromiseLike<Answer>,
  keep?: (made: T, body: { id: string }) => void,
): Promise<void> {
  let made: { value: T } | null = null;
  let expected: string;
  try {
    made = { value: play() };
    expected = String(typeof success === 'function' ? success(made.value) : success);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expected = error.message;
  }
  const { status, body } = await ask();
  const { detail } = body as { detail?: string };
  expect(status < 300 ? String(status) : `${String(status)} ${detail ?? ''}`).toBe(expected);
  if (made) keep?.(made.value, body as { id: string });
}

const named = (made: { id: string }, { id }: { id: string }): void => {
  made.id = id;
};
const instant = (at: number): string => new Date(at).toISOString();

/** One of the latest few of a list. */
function late<T>(items: readonly T[], back: number): T | undefined {
  return items.at(-1 - (back % Math.max(1, items.length)));
}

/** Where an act happens in time: on the grid of these days, where there is a session already, or off the grid. */
type When = { kind: 'grid' | 'odd'; day: number; slot: number } | { kind: 'taken'; back: number };

function startOf(model: Engine, coach: Coach, when: When): number {
  if (when.kind === 'taken') {
    const isAhead = (session: Session): boolean => isActive(session) && session.start > model.now;
    const own = model.sessions.filter((session) => session.coach === coach);
    const full = pick(own, isAhead, when.back + 1);
    if (full) return full.start;
  }
  const { day, slot } = when.kind === 'taken' ? { day: when.back % 3, slot: 0 } : when;
  const { sessionMin, bufferMin, opensMin, eastMin } = COACHES[coach];
  const today = Math.floor((model.now + eastMin * MINUTE) / DAY) * DAY - eastMin * MINUTE;
  const odd = when.kind === 'odd' ? 15 : 0;
  return today + day * DAY + (opensMin + slot * (sessionMin + bufferMin) + odd) * MINUTE;
}

type Turn = 'start' | 'deadline' | 'threshold' | 'offer' | 'end' | 'aftermath' | 'day';

/** The coming instants at which something changes in the model, and those beside them. */
function moments(model: Engine, turn: Turn): number[] {
  const edges = model.sessions.flatMap((session): [Turn, number][] => [
    ['start', isActive(session) ? session.start : 0],
    ['threshold', isActive(session) ? session.start - session.policy.threshold * HOUR : 0],
    ['threshold', session.freeExit ?? 0],
    ['deadline', session.status === 'pending_coach_validation' ? (session.expiresAt ?? 0) : 0],
    ['end', session.status === 'confirmed' ? session.end + 48 * HOUR : 0],
    ['aftermath', session.penalty ? session.penalty.at + 30 * DAY : 0],
    ['aftermath', session.isDoneByJob ? (session.doneAt ?? 0) + 7 * DAY : 0],
    ['aftermath', session.payment?.dueAt ?? 0],
  ]);
  for (const { expiresAt, start } of model.agenda.entries.filter(isLive))
    edges.push(['offer', start - 5 * MINUTE], ['offer', expiresAt ?? 0], ['offer', expiresAt ?? 0]);
  for (const { validUntil, coach: seller } of model.packs)
    if (validUntil !== null)
      edges.push(['day', Date.parse(`${validUntil}T00:00:00Z`) + DAY - COACHES[seller].eastMin * MINUTE]);
  const around = edges.flatMap(([kind, edge]) => (kind === turn ? [edge - 1, edge, edge + 1] : []));
  return [...new Set(around)].filter((at) => at > model.now).sort((a, b) => a - b);
}

/** A coach and somebody who may be his client; rarely himself. */
const pair = fc.oneof(
  { weight: 16, arbitrary: fc.tuple(fc.constant<Coach>(0), fc.constantFrom<Person>(1, 2, 2, 2, 3, 3, 3, 4)) },
  { weight: 8, arbitrary: fc.tuple(fc.constant<Coach>(1), fc.constantFrom<Person>(0, 2, 2, 2, 3, 4)) },
  { weight: 1, arbitrary: fc.constantFrom<[Coach, Person]>([0, 0], [1, 1]) },
);
const coach = fc.constantFrom<Coach>(0, 0, 1);
const back = fc.nat({ max: 5 });
const gridded = { day: fc.constantFrom(0, 1, 1, 1, 2, 2, 3), slot: fc.constantFrom(0, 0, 0, 1, 1, 2) };
const onGrid = fc.record({ kind: fc.constant('grid' as const), ...gridded });
const offGrid = fc.record({ kind: fc.constant('odd' as const), ...gridded });
const taken = fc.record({ kind: fc.constant('taken' as const), back });
const when: fc.Arbitrary<When> = fc.oneof(
  { weight: 6, arbitrary: onGrid },
  { weight: 4, arbitrary: taken },
  { weight: 1, arbitrary: offGrid },
);
const wish = fc.constantFrom<Wish>('any', 'any', 'any', 'per_session', 'package', 'discovery', 'named');
/** Mostly who may; sometimes the other side, or a stranger. */
const hand = fc.oneof(
  { weight: 12, arbitrary: fc.constant('coach' as const) },
  { weight: 1, arbitrary: fc.constantFrom('client' as const, 'stranger' as const) },
);
const side = fc.constantFrom<'coach' | 'client'>('coach', 'client');

function handOf(
  { coach: owner, client }: { coach: Coach; client: Person },
  who: 'coach' | 'client' | 'stranger',
): Person {
  if (who === 'coach') return owner;
  return who === 'client' ? client : ([2, 3, 4].find((other) => other !== client) ?? 2);
}

/** One of the latest: mostly of those that the act is for, if there is one, sometimes any. */
function pick<T>(items: readonly T[], fits: (item: T) => boolean, n: number): T | undefined {
  return n === 0 ? late(items, items.length - 1) : late(items.filter(fits), n - 1);
}

function onSession(
  name: string,
  n: number,
  fits: (session: Session, now: number) => boolean,
  play: (model: Engine, world: World, session: Session) => Promise<void>,
): Act {
  return {
    name,
    run: (model, world) => {
      const session = pick(model.sessions, (one) => fits(one, model.now), n);
      return session ? play(model, world, session) : null;
    },
  };
}

function onEntry(
  name: string,
  n: number,
  fits: (entry: Entry) => boolean,
  play: (model: Engine, world: World, entry: Entry) => Promise<void>,
): Act {
  return {
    name,
    run: (model, world) => {
      const entry = pick(model.agenda.entries, fits, n);
      return entry ? play(model, world, entry) : null;
    },
  };
}

function order(
  model: Engine,
  by: Person,
  at: Coach,
  client: Person,
  start: number,
  how: Wish,
  n: number,
  minutes?: number,
) {
  const pack = how === 'named' ? late(model.packs, n) : undefined;
  const asked = how === 'named' && !pack ? 'any' : how;
  const terms = { by, coach: at, client, start, wish: asked, pack, minutes };
  const wire = {
    ...(asked !== 'any' && asked !== 'named' && { pricing_type: asked }),
    ...(pack && { package_id: pack.id }),
    ...(minutes !== undefined && { duration_min: minutes }),
  };
  return { terms, wire };
}

const book = fc.tuple(pair, when, wish, back).map(([[at, by], time, how, n]): Act => ({
  name: `book ${JSON.stringify({ by, at, time, how, n })}`,
  run: (model, world) => {
    const start = startOf(model, at, time);
    const { terms, wire } = order(model, by, at, by, start, how, n);
    const body = { coach_id: world.of(at).id, scheduled_at: instant(start), ...wire };
    return compare(
      201,
      () => model.book(terms),
      () => world.of(by).http.post('/bookings').send(body),
      named,
    );
  },
}));

const give = fc
  .tuple(pair, when, wish, back, fc.constantFrom(undefined, undefined, undefined, 30, 90))
  .map(([[by, client], time, how, n, minutes]): Act => ({
    name: `give ${JSON.stringify({ by, client, time, how, n, minutes })}`,
    run: (model, world) => {
      const start = startOf(model, by, time);
      const { terms, wire } = order(model, by, by, client, start, how, n, minutes);
      const body = { coach_id: world.of(by).id, client_id: world.of(client).id, scheduled_at: instant(start), ...wire };
      return compare(
        201,
        () => model.book(terms),
        () => world.of(by).http.post('/bookings').send(body),
        named,
      );
    },
  }));

type Judgement = 'confirm' | 'reject' | 'done' | 'no-show' | 'apply-penalty' | 'waive-penalty';

const isAnswerable = ({ status }: Session): boolean => status === 'pending_coach_validation';
const isOver = ({ status, start, isDoneByJob }: Session, now: number): boolean =>
  (status === 'confirmed' && start <= now) || isDoneByJob;
const isPunished = ({ penalty }: Session): boolean => penalty !== null;

const judgement = (
  verb: Judgement,
  act: 'confirm' | 'reject' | 'done' | 'noShow' | 'apply' | 'waive',
  fits: (session: Session, now: number) => boolean,
): fc.Arbitrary<Act> => {
  return fc.tuple(back, hand).map(([n, who]) =>
    onSession(`${verb} ${JSON.stringify({ n, who })}`, n, fits, (model, world, session) => {
      const by = handOf(session, who);
      const path = `/bookings/${session.id}/${verb}`;
      return compare(
        200,
        () => model[act](session, by),
        () => world.of(by).http.post(path),
      );
    }),
  );
};

const cancel = fc.tuple(back, fc.oneof(side, side, hand)).map(([n, who]) =>
  onSession(`cancel ${JSON.stringify({ n, who })}`, n, isActive, (model, world, session) => {
    const by = handOf(session, who);
    return compare(
      200,
      () => model.cancel(session, by),
      () => world.of(by).http.delete(`/bookings/${session.id}`),
    );
  }),
);

const move = fc.tuple(back, fc.oneof(side, side, hand), when).map(([n, who, time]) =>
  onSession(`move ${JSON.stringify({ n, who, time })}`, n, isActive, (model, world, session) => {
    const by = handOf(session, who);
    const start = startOf(model, session.coach, time);
    const body = { scheduled_at: instant(start) };
    const path = `/bookings/${session.id}/reschedule`;
    return compare(
      201,
      () => model.move(session, by, start),
      () => world.of(by).http.post(path).send(body),
      named,
    );
  }),
);

const pay = back.map((n) =>
  onSession(
    `pay ${String(n)}`,
    n,
    ({ price }) => price !== null,
    (model, world, session) => {
      const path = `/coaches/clients/${world.of(session.client).id}/payments`;
      const body = { amount_cents: 100, booking_id: session.id, status: 'paid' };
      const answer = (how: 'settled' | 'recorded'): number => (how === 'settled' ? 200 : 201);
      return compare(
        answer,
        () => model.pay(session),
        () => world.of(session.coach).http.post(path).send(body),
      );
    },
  ),
);

const sell = fc
  .tuple(pair, fc.integer({ min: 1, max: 3 }), fc.constantFrom(null, 0, 1, 1, 2, 4))
  .map(([[by, client], sessions, days]): Act => ({
    name: `sell ${JSON.stringify({ by, client, sessions, days })}`,
    run: (model, world) => {
      const until = days === null ? null : daysAfter(dayOf(by, model.now), days);
      const body = { name: 'Some', sessions_total: sessions, price_cents: 9_000, valid_until: until };
      const path = `/coaches/clients/${world.of(client).id}/packages`;
      return compare(
        201,
        () => model.sell(by, client, sessions, until),
        () => world.of(by).http.post(path).send(body),
        named,
      );
    },
  }));

/** Mostly where all places are taken. */
const join = fc.tuple(pair, when, back).map(([[at, by], time, n]): Act => ({
  name: `join ${JSON.stringify({ by, at, time, n })}`,
  run: (model, world) => {
    const { agenda, now } = model;
    const isFull = ({ coach: owner, client, start, end }: Session): boolean =>
      owner === at &&
      client !== by &&
      start > now &&
      agenda.taken(at, start, null, now) >= (agenda.slotAt(at, start, end) ?? 1);
    const start = n === 0 ? startOf(model, at, time) : late(agenda.active().filter(isFull), n - 1)?.start;
    if (start === undefined) return null;
    const path = `/waitlist/${world.of(at).id}/${instant(start)}`;
    return compare(
      201,
      () => model.queues.join(at, by, start, now),
      () => world.of(by).http.post(path),
      named,
    );
  },
}));

const leave = fc.tuple(back, fc.oneof(side, side, hand)).map(([n, who]) =>
  onEntry(`leave ${JSON.stringify({ n, who })}`, n, isLive, (model, world, entry) => {
    const by = handOf(entry, who);
    return compare(
      204,
      () => model.queues.leave(entry, by, model.now),
      () => world.of(by).http.delete(`/waitlist/${entry.id}`),
    );
  }),
);

const takeOffer = fc
  .tuple(back, fc.constantFrom<'client' | 'stranger'>('client', 'client', 'client', 'stranger'))
  .map(([n, who]) =>
    onEntry(
      `take ${JSON.stringify({ n, who })}`,
      n,
      ({ status }) => status === 'notified',
      (model, world, entry) => {
        const by = handOf(entry, who);
        const path = `/waitlist/${entry.id}/confirm`;
        return compare(
          200,
          () => model.takeOffer(entry, by),
          () => world.of(by).http.post(path),
          (session, body) => named(session, (body as unknown as { booking: { id: string } }).booking),
        );
      },
    ),
  );

const absent = fc.tuple(coach, when, fc.constantFrom(30, 60, 240)).map(([by, time, minutes]): Act => ({
  name: `absent ${JSON.stringify({ by, time, minutes })}`,
  run: (model, world) => {
    const start = startOf(model, by, time);
    const end = start + minutes * MINUTE;
    if (end <= model.now) return null;
    const absence = { id: '', coach: by, start, end };
    const play = (): typeof absence => {
      model.agenda.absences.push(absence);
      model.queues.closed(by, start, end, model.now);
      return absence;
    };
    const body = { starts_at: instant(start), ends_at: instant(end) };
    return compare(201, play, () => world.of(by).http.post('/coaches/time-off').send(body), named);
  },
}));

const present = back.map((n): Act => ({
  name: `present ${String(n)}`,
  run: (model, world) => {
    const { absences } = model.agenda;
    const absence = late(absences, n);
    if (!absence) return null;
    const play = (): void => void absences.splice(absences.indexOf(absence), 1);
    return compare(204, play, () => world.of(absence.coach).http.delete(`/coaches/time-off/${absence.id}`));
  },
}));

const places = fc.tuple(coach, fc.nat({ max: 6 }), fc.integer({ min: 1, max: 3 })).map(([at, day, count]): Act => ({
  name: `places ${JSON.stringify({ at, day, count })}`,
  run: async (model, world) => {
    model.agenda.places[at][day] = count;
    model.queues.tendAll(at, model.now);
    await world.places(at, day, count);
  },
}));

const policy = fc
  .tuple(coach, fc.constantFrom('auto' as const, 'manual' as const), fc.boolean(), fc.constantFrom(2, 24))
  .map(([at, mode, isNoshowDue, threshold]): Act => ({
    name: `policy ${JSON.stringify({ at, mode, isNoshowDue, threshold })}`,
    run: async (model, world) => {
      model.policies[at] = { mode, isNoshowDue, threshold };
      await world.policy(at, { mode, noshow_is_due: isNoshowDue, threshold_hours: threshold });
    },
  }));

const turn = fc.constantFrom<Turn>(
  'start',
  'start',
  'start',
  'deadline',
  'threshold',
  'offer',
  'offer',
  'end',
  'aftermath',
  'day',
  'day',
);
const tick = fc.tuple(turn, fc.nat({ max: 3 })).map(([kind, n]): Act => ({
  name: `clock to ${kind} ${String(n)}`,
  run: (model, world) => {
    const at = moments(model, kind)[n];
    return at === undefined ? null : setClock(model, world, at);
  },
}));

const wait = fc.constantFrom(1, 29, 31, 240, 600, 1_440).map((minutes): Act => ({
  name: `wait ${String(minutes)} min`,
  run: (model, world) => setClock(model, world, model.now + minutes * MINUTE),
}));

async function setClock(model: Engine, world: World, at: number): Promise<void> {
  model.now = at;
  await world.app.setClock(instant(at));
}

const job = fc.constantFrom(...JOBS).map((name): Act => ({
  name,
  run: (model, world) =>
    compare(
      200,
      () => model.run(name),
      () => world.app.http.post(`/sandbox/jobs/${name}/run`),
    ),
}));

/** What the tables must look like now. */
function sightOf(model: Engine, world: World): Sight {
  const byId = <T extends [string, ...unknown[]]>(rows: T[]): T[] => rows.sort(([a], [b]) => (a < b ? -1 : 1));
  const id = (who: Person): string => world.of(who).id;
  const live = model.agenda.entries.filter(isLive);
  const queue = [...live].sort(
    (a, b) => compareText(id(a.coach), id(b.coach)) || a.start - b.start || live.indexOf(a) - live.indexOf(b),
  );
  return {
    bookings: byId(
      model.sessions.map(({ id: booking, status, isDeducted, penalty, end }) => {
        const isWaived = penalty?.isWaived ?? false;
        return [booking, status, isDeducted, penalty !== null && !isWaived, isWaived, end];
      }),
    ),
    packages: byId(
      model.packs.map(({ id: pack, status, balance, remaining, used, validUntil }) => [
        pack,
        status,
        balance,
        remaining,
        used,
        validUntil,
      ]),
    ),
    entries: byId(
      model.agenda.entries.map(({ id: entry, status, expiresAt }) => [
        entry,
        status,
        status === 'notified' ? expiresAt : null,
      ]),
    ),
    queue: queue.map(({ id: entry }) => entry),
    payments: byId(model.sessions.flatMap(({ id: booking, payment }) => (payment ? [[booking, payment.status]] : []))),
    relations: [...model.relations]
      .map(([pair, status]): [string, string, string] => {
        const [at = 0, client = 0] = pair.split(' ').map(Number);
        return [id(at), id(client), status];
      })
      .sort((a, b) => compareText(`${a[0]} ${a[1]}`, `${b[0]} ${b[1]}`)),
  };
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** An act as fast-check plays it: after each one product and model look alike, and no iron rule is broken. */
class Step implements fc.AsyncCommand<Engine, World> {
  constructor(private readonly act: Act) {}

  check(): boolean {
    return true;
  }

  async run(model: Engine, world: World): Promise<void> {
    const played = this.act.run(model, world);
    if (played === null) return;
    await played;
    for (const pack of model.packs) expect(pack.remaining - pack.balance).toBe(holdsOf(model.sessions, pack));
    expect(await world.look()).toEqual(sightOf(model, world));
    await expectInvariants(world.app.database);
  }

  toString(): string {
    return this.act.name;
  }
}

/** What people, the clock and the jobs may do, each about as often as it takes to make trouble. */
export const STEPS: fc.Arbitrary<Step>[] = [
  ...times(9, book),
  ...times(4, give),
  ...times(6, judgement('confirm', 'confirm', isAnswerable)),
  judgement('reject', 'reject', isAnswerable),
  ...times(2, judgement('done', 'done', isOver)),
  ...times(2, judgement('no-show', 'noShow', isOver)),
  ...times(2, judgement('apply-penalty', 'apply', isPunished)),
  ...times(2, judgement('waive-penalty', 'waive', isPunished)),
  ...times(3, cancel),
  ...times(4, move),
  pay,
  ...times(2, sell),
  ...times(6, join),
  leave,
  ...times(5, takeOffer),
  absent,
  present,
  places,
  policy,
  ...times(5, tick),
  wait,
  ...times(3, job),
].map((act) => act.map((played) => new Step(played)));

function times(count: number, act: fc.Arbitrary<Act>): fc.Arbitrary<Act>[] {
  return Array.from({ length: count }, () => act);
}
