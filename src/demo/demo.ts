import { childEnvironment } from 'src/config/app-config';
import { startInstance } from './instance';
import { type Answer, type Person, Stage } from './stage';

/** A Monday, so that the story reads the same on any day. */
const MONDAY = '2026-03-02T08:00:00Z';
const TUESDAY_TEN = '2026-03-03T09:00:00Z';
const PASSWORD = 'Correct-Horse-7';

interface Newcomer {
  first_name: string;
  last_name: string;
  role: 'coach' | 'client';
  locale: string;
  timezone: string;
  country: string;
}

async function register(stage: Stage, newcomer: Newcomer): Promise<Person> {
  const email = `${newcomer.first_name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()}@example.com`;
  const { body } = await stage.act(
    null,
    'POST',
    '/auth/register',
    { ...newcomer, email, password: PASSWORD },
    (answer) => `${newcomer.first_name} has an account and a key (${String(answer['api_key']).slice(0, 8)}…)`,
  );
  const user = body['user'] as { id: string };
  const person = {
    name: newcomer.first_name,
    id: user.id,
    key: String(body['api_key']),
    email,
    locale: newcomer.locale,
  };
  stage.introduce(person);
  return person;
}

/** The link of the verification mail, followed as its reader would. */
async function verify(stage: Stage, person: Person): Promise<void> {
  const mail = (await stage.messages()).findLast(({ channel, to }) => channel === 'email' && to === person.email);
  const link = /https?:\/\/\S+verify-email\?token=[\w-]+/.exec(mail?.body ?? '')?.[0];
  if (!link) throw new Error(`no verification link was sent to ${person.email}`);
  const { pathname, search } = new URL(link);
  const answer = await stage.act(null, 'GET', `${pathname}${search}`, undefined, ({ message }) => String(message));
  insist(answer, 200);
}

function insist(answer: Answer, status: number): void {
  if (answer.status !== status)
    throw new Error(`expected ${String(status)}, got ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
}

function slotLine({ slots }: Record<string, unknown>): string {
  const list = slots as { scheduled_at: string; status: string }[];
  const shown = list.slice(0, 4).map(({ scheduled_at, status }) => `${scheduled_at} ${status}`);
  return `${String(list.length)} slots: ${shown.join(', ')}, …`;
}

const statusLine = ({ status, expires_at, price_cents, currency }: Record<string, unknown>): string =>
  [
    `status ${String(status)}`,
    typeof expires_at === 'string' ? `answer until ${expires_at}` : '',
    `${String(Number(price_cents) / 100)} ${String(currency)}`,
  ]
    .filter(Boolean)
    .join(', ');

async function play(stage: Stage): Promise<void> {
  stage.headline('It is Monday morning, and the clock stands still');
  await stage.act(null, 'PUT', '/sandbox/clock', { now: MONDAY }, ({ now }) => String(now));

  stage.headline('Inès, a coach in Paris, opens her space');
  const ines = await register(stage, {
    first_name: 'Inès',
    last_name: 'Moreau',
    role: 'coach',
    locale: 'fr-FR',
    timezone: 'Europe/Paris',
    country: 'FR',
  });
  await verify(stage, ines);
  const profile = {
    bio: 'Force et mobilité',
    city: 'Paris',
    session_duration_min: 60,
    buffer_min: 0,
    specialties: ['muscu'],
  };
  insist(await stage.act(ines, 'POST', '/coaches/profile', profile, ({ name }) => `profile of ${String(name)}`), 201);
  const price = { type: 'per_session', name: 'Séance individuelle', price_cents: 5000 };
  insist(await stage.act(ines, 'POST', '/coaches/pricing', price, () => '50 EUR a session'), 201);
  const hours = { day_of_week: 1, start_time: '09:00', end_time: '12:00', max_slots: 1 };
  insist(await stage.act(ines, 'POST', '/coaches/availability', hours, () => 'Tuesdays, 9 to 12'), 201);

  stage.headline('Tom, a client in London, looks for a seat');
  const tom = await register(stage, {
    first_name: 'Tom',
    last_name: 'Baker',
    role: 'client',
    locale: 'en-GB',
    timezone: 'Europe/London',
    country: 'GB',
  });
  insist(
    await stage.act(tom, 'GET', `/coaches/${ines.id}/slots?from=2026-03-02&to=2026-03-08`, undefined, slotLine),
    200,
  );

  stage.headline('He asks for Tuesday, 10 o’clock in Paris, and his phone sends the request twice');
  const wish = { coach_id: ines.id, scheduled_at: TUESDAY_TEN, client_message: 'First time with weights' };
  const once = { 'Idempotency-Key': 'toms-tap' };
  const request = await stage.act(tom, 'POST', '/bookings', wish, statusLine, once);
  insist(request, 201);
  const repeat = await stage.act(tom, 'POST', '/bookings', wish, ({ id }) => `the same booking, ${String(id)}`, once);
  if (repeat.body['id'] !== request.body['id']) throw new Error('the repeat made a second booking');

  stage.headline('Ana, in Lisbon, wants the same seat');
  const ana = await register(stage, {
    first_name: 'Ana',
    last_name: 'Silva',
    role: 'client',
    locale: 'pt-PT',
    timezone: 'Europe/Lisbon',
    country: 'PT',
  });
  insist(await stage.act(ana, 'POST', '/bookings', { coach_id: ines.id, scheduled_at: TUESDAY_TEN }), 409);

  stage.headline('Inès confirms');
  const id = String(request.body['id']);
  insist(
    await stage.act(ines, 'GET', '/bookings?bucket=upcoming', undefined, ({ total }) => `${String(total)} to come`),
    200,
  );
  insist(await stage.act(ines, 'POST', `/bookings/${id}/confirm`, undefined, statusLine), 200);

  stage.headline('Three hours later Tom has to cancel: less than 24 hours before, so the session is due');
  await stage.act(null, 'POST', '/sandbox/clock/advance', { seconds: 3 * 3600 }, ({ now }) => String(now));
  insist(
    await stage.act(
      tom,
      'DELETE',
      `/bookings/${id}`,
      { reason: 'Train strike' },
      (booking) => `${statusLine(booking)}, penalty ${String(booking['penalty_due'])}`,
    ),
    200,
  );

  stage.headline('The seat is free again: Ana takes it, and Inès does not answer');
  insist(await stage.act(ana, 'POST', '/bookings', { coach_id: ines.id, scheduled_at: TUESDAY_TEN }, statusLine), 201);
  await stage.act(null, 'POST', '/sandbox/clock/advance', { seconds: 24 * 3600 }, ({ now, jobs_run }) => {
    const jobs = (jobs_run as { name: string; at: string }[]).map(({ name, at }) => `${name} at ${at}`);
    return `${String(now)}, ${jobs.join(', ')}`;
  });
  insist(
    await stage.act(ana, 'GET', '/bookings', undefined, ({ items }) =>
      statusLine((items as Record<string, unknown>[])[0] ?? {}),
    ),
    200,
  );
}

async function main(): Promise<void> {
  const write = (text: string): void => void process.stdout.write(text);
  write('Starting a fresh MyCoach with an empty PostgreSQL …\n');
  const instance = await startInstance(childEnvironment());
  try {
    await play(new Stage(instance.url, write, process.stdout.isTTY));
    write('\nThat was one week of one coach. The same server waits at `npm start`.\n');
  } finally {
    await instance.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
