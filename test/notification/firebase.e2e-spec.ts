import { Metrics } from 'src/common/metrics/metrics';
import { JobWorker } from 'src/common/jobs/job-worker';
import { createLogger, NestLogger } from 'src/common/logging/logger';
import { BookingConfirmed } from 'src/modules/booking/booking.events';
import { FirebaseAgent } from 'src/modules/notification/firebase/firebase-agent';
import { FcmServer, serviceAccount, throttled, WHIMS } from 'test/support/fcm-server';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { SmtpServer } from 'test/support/smtp-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish, sessionOf } from './publishing';

interface Waiting {
  task: string;
  attempts: number;
  last_error: string | null;
  payload: string;
  wait_s: number;
}

describe('pushes of production', () => {
  let fcm: FcmServer;
  let smtp: SmtpServer;
  let app: TestApp;
  let person: TestPerson;
  let coach: TestPerson;
  let tokens = 0;
  const printed: string[] = [];

  beforeAll(async () => {
    [fcm, smtp] = [await FcmServer.start(), await SmtpServer.start()];
    app = await startTestApp(
      {
        ...QUIET_PRODUCTION,
        SMTP_URL: smtp.url,
        FIREBASE_SERVICE_ACCOUNT: serviceAccount(),
      },
      (builder) => builder.overrideProvider(FirebaseAgent).useValue(fcm.agent(1_000)),
    );
    app.nest.useLogger(new NestLogger(createLogger('trace', { write: (line) => void printed.push(line) })));
    person = await app.register({ locale: 'en-GB' });
    coach = await app.register({ role: 'coach', first_name: 'Inès' });
    await settle();
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([fcm.stop(), smtp.stop()]);
  });
  beforeEach(async () => {
    fcm.forgetAll();
    await app.database.query('DELETE FROM push_devices');
  });

  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  /** Waits are over. */
  const later = async (): Promise<void> => {
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle();
  };
  const aDevice = async (): Promise<string> => {
    const token = `fXk3:APA91b-secret-token-${String(++tokens)}`;
    await person.http.post('/push/register').send({ token, platform: 'android' }).expect(204);
    return token;
  };
  const known = async (): Promise<string[]> =>
    (await app.database.query<{ token: string }>('SELECT token FROM push_devices ORDER BY token')).rows.map(
      ({ token }) => token,
    );
  const tell = (): Promise<void> =>
    publish(app, new BookingConfirmed({ ...sessionOf(person, coach), previousStatus: 'pending_coach_validation' }));
  const waiting = async (): Promise<Waiting[]> => {
    const { rows } = await app.database.query<Waiting>(
      `SELECT t.identifier AS task, attempts, last_error, payload::text,
              extract(epoch FROM run_at - now())::float AS wait_s
       FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id`,
    );
    return rows;
  };
  const takenBy = (token: string) => fcm.taken.filter((push) => push.token === token);

  it('are handed to Firebase, once for each device, in the words of their reader', async () => {
    const [phone, tablet] = [await aDevice(), await aDevice()];
    await tell();
    await settle();
    expect(fcm.taken.map(({ token }) => token).sort()).toEqual([phone, tablet].sort());
    const [push] = fcm.taken;
    const { rows } = await app.database.query<{ id: string; data: object; pushed_at: Date | null }>(
      'SELECT id, data, pushed_at FROM notifications WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
      [person.id],
    );
    expect(push?.notification.title).toBe('Session confirmed');
    expect(push?.notification.body).toContain('Inès');
    expect(push?.data).toEqual(rows[0]?.data);
    expect(push?.android).toMatchObject({ priority: 'high', collapse_key: rows[0]?.id });
    expect(rows[0]?.pushed_at).not.toBeNull();
    expect(await waiting()).toEqual([]);
  });

  it('need one access token for all of them', async () => {
    await aDevice();
    for (let round = 0; round < 3; round += 1) await tell();
    await settle();
    expect(fcm.taken).toHaveLength(3);
    expect(fcm.grants).toHaveLength(1);
  });

  it('are for nobody who has no device: the inbox has it', async () => {
    await tell();
    await settle();
    expect(fcm.requests).toEqual([]);
    expect(await waiting()).toEqual([]);
    const { unread_count } = (await person.http.get('/notifications/unread-count').expect(200)).body as {
      unread_count: number;
    };
    expect(unread_count).toBeGreaterThan(0);
  });

  it('are tried again for the device that failed, and repeat nothing for another (trust 52)', async () => {
    const [phone, tablet] = [await aDevice(), await aDevice()];
    fcm.whimsOf.set(phone, WHIMS.broken);
    await tell();
    await settle();
    expect([takenBy(phone).length, takenBy(tablet).length]).toEqual([0, 1]);
    expect(await waiting()).toMatchObject([{ task: 'deliver_push_to_device', attempts: 1 }]);
    fcm.whimsOf.clear();
    await later();
    expect([takenBy(phone).length, takenBy(tablet).length]).toEqual([1, 1]);
    expect(await waiting()).toEqual([]);
  });

  it('that were taken with nobody there to hear it come again under the same name (trust 52)', async () => {
    const phone = await aDevice();
    fcm.whims.push(WHIMS.drop);
    await tell();
    await settle();
    await later();
    const tags = takenBy(phone).map(({ android }) => android.notification.tag);
    expect(tags).toHaveLength(2);
    expect(new Set(tags).size).toBe(1);
  });

  it('forget a device that Firebase no longer knows, and no other, and tell it each time', async () => {
    const [gone, never, kept] = [await aDevice(), await aDevice(), await aDevice()];
    fcm.whimsOf.set(gone, WHIMS.unregistered).set(never, WHIMS.noToken);
    await tell();
    await settle();
    expect(await known()).toEqual([kept]);
    expect(await waiting()).toEqual([]);
    const forgotten = app.nest.get(Metrics).registry.getSingleMetricAsString('mycoach_push_devices_forgotten_total');
    expect(await forgotten).toMatch(/_total 2$/);
    expect(printed.filter((line) => line.includes('a device is forgotten'))).toHaveLength(2);
    await person.http.post('/push/register').send({ token: gone, platform: 'android' }).expect(204);
    fcm.whimsOf.clear();
    await tell();
    await settle();
    expect(takenBy(gone)).toHaveLength(1);
  });

  it('forget no device when what is wrong is not named: a message of ours may be wrong for all of them', async () => {
    const devices = [await aDevice(), await aDevice()];
    for (const device of devices) fcm.whimsOf.set(device, WHIMS.unnamed);
    await tell();
    await settle();
    expect(await known()).toEqual(devices.sort());
    const { rowCount } = await app.database.query(
      `DELETE FROM dead_letters WHERE task = 'deliver_push_to_device' AND last_error = 'fcm 400 INVALID_ARGUMENT'`,
    );
    expect(rowCount).toBe(2);
  });

  it('forget no device when it is the project that is not found', async () => {
    const phone = await aDevice();
    fcm.whims.push(WHIMS.noSuchProject);
    await tell();
    await settle();
    expect(await known()).toEqual([phone]);
    await later();
    expect(takenBy(phone)).toHaveLength(1);
  });

  it('wait for as long as Firebase asks for', async () => {
    await aDevice();
    fcm.whims.push(throttled(429, '120'));
    await tell();
    await settle();
    const [job] = await waiting();
    expect(job).toMatchObject({ task: 'deliver_push_to_device', attempts: 1 });
    expect(job?.wait_s).toBeGreaterThan(115);
    await later();
    expect(fcm.taken).toHaveLength(1);
  });

  it('do not leave any more once their device has signed out, though they were on their way', async () => {
    await aDevice();
    fcm.whims.push(WHIMS.broken);
    await tell();
    await settle();
    await person.http
      .delete('/push/register')
      .send({ token: (await known())[0] })
      .expect(204);
    await later();
    expect(fcm.taken).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('end among the dead letters, by type and without a name, when the message itself is refused', async () => {
    await aDevice();
    fcm.whims.push(WHIMS.badMessage);
    await tell();
    await settle();
    const { rows } = await app.database.query(
      'SELECT channel, type, user_id, task, attempts, last_error FROM dead_letters',
    );
    expect(rows).toEqual([
      {
        channel: 'push',
        type: 'booking_confirmed',
        user_id: person.id,
        task: 'deliver_push_to_device',
        attempts: 1,
        last_error: 'fcm 400 INVALID_ARGUMENT',
      },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('leave neither a token nor a text in a log or in a job', async () => {
    const phone = await aDevice();
    const quoting = { error: { status: 'INTERNAL', message: `${phone} Session confirmed` } };
    for (const whim of [WHIMS.garbage, { kind: 'answer', status: 500, body: quoting } as const]) {
      fcm.whims.push(whim);
      await tell();
      await settle();
    }
    const jobs = await waiting();
    expect(jobs.map(({ last_error }) => last_error)).toHaveLength(2);
    const told = JSON.stringify(jobs) + printed.join('\n');
    expect(printed.length).toBeGreaterThan(0);
    for (const secret of ['APA91b', 'Session confirmed', 'PRIVATE KEY', ...fcm.grants.map(({ token }) => token)])
      expect(told).not.toContain(secret);
    await later();
  });
});
