import { randomUUID } from 'node:crypto';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { type SmsDraft, SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { aTextingCoach, settle, type Texting, waitingJobs } from './texting';

describe('the register of SMS', () => {
  let app: TestApp;
  let register: SmsRegister;
  let coach: Texting;

  beforeAll(async () => {
    app = await startTestApp();
    register = app.nest.get(SmsRegister);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock('2026-03-02T22:00:00Z');
    coach = await aTextingCoach(app);
  });
  afterEach(() => app.database.query('DELETE FROM graphile_worker._private_jobs; TRUNCATE sms_number_days'));

  const drafts = (count: number, more: Partial<SmsDraft> = {}): SmsDraft[] =>
    Array.from({ length: count }, (_, place) => ({
      clientId: coach.clientId,
      phone: `+336${String(10_000_000 + place)}`,
      body: `Bonjour ${place}`,
      ...more,
    }));
  const write = async (count: number, id = randomUUID()): Promise<number> =>
    (await register.write({ id, coachId: coach.coachId, templateId: null }, drafts(count))).beyondQuota.length;
  const written = async (): Promise<number> =>
    (await app.database.query('SELECT FROM sms_messages WHERE coach_id = $1', [coach.coachId])).rowCount ?? 0;

  it('writes each SMS with a job of its own, its text sealed', async () => {
    expect(await write(3)).toBe(0);
    const { rows } = await app.database.query<{ body: string; status: string; phone: string }>(
      'SELECT * FROM sms_messages WHERE coach_id = $1 ORDER BY phone',
      [coach.coachId],
    );
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      phone: '+33610000000',
      status: 'pending',
      client_id: coach.clientId,
      created_at: new Date('2026-03-02T22:00:00Z'),
    });
    for (const { body } of rows) expect(body).not.toContain('Bonjour');
    expect(await waitingJobs(app)).toHaveLength(3);
    await settle(app);
    const sent = await app.messages({ channel: 'sms', user_id: coach.clientId });
    expect(sent.map(({ body }) => body).sort()).toEqual(['Bonjour 0', 'Bonjour 1', 'Bonjour 2']);
  });

  it('has nothing left of an act that is undone, neither row nor job nor quota', async () => {
    const act = app.nest.get(UnitOfWork).run(async () => {
      await write(2);
      throw new Error('undone');
    });
    await expect(act).rejects.toThrow('undone');
    expect(await written()).toBe(0);
    expect(await waitingJobs(app)).toEqual([]);
    expect(await register.quotaLeft(coach.coachId)).toBe(200);
  });

  it('takes two hundred a day of UTC, in the order given, and says what is beyond (trust 42)', async () => {
    expect(await register.quotaLeft(coach.coachId)).toBe(200);
    expect(await write(199)).toBe(0);
    expect(await register.quotaLeft(coach.coachId)).toBe(1);
    const batch = { id: randomUUID(), coachId: coach.coachId, templateId: null };
    const [first, second, third] = drafts(3);
    expect(await register.write(batch, drafts(3))).toEqual({ beyondQuota: [second, third], beyondNumber: [] });
    const { rows } = await app.database.query('SELECT phone FROM sms_messages WHERE batch_id = $1', [batch.id]);
    expect(rows).toEqual([{ phone: first?.phone }]);
    expect(await register.quotaLeft(coach.coachId)).toBe(0);
    expect(await write(1)).toBe(1);

    // The day is that of UTC, whatever the coach's zone says.
    await app.setClock('2026-03-02T23:59:59Z');
    expect(await register.quotaLeft(coach.coachId)).toBe(0);
    await app.setClock('2026-03-03T00:00:00Z');
    expect(await register.quotaLeft(coach.coachId)).toBe(200);
    expect(await write(1)).toBe(0);
    expect(await written()).toBe(201);
  });

  it('never gives more than the day has to those who write at once (trust 42)', async () => {
    const beyond = await Promise.all([write(90), write(90), write(90), write(30)]);
    expect(beyond.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(await written()).toBe(200);
    expect(await register.quotaLeft(coach.coachId)).toBe(0);
  });

  it('is held to it by the table itself', async () => {
    await write(200);
    const more = app.database.query('UPDATE sms_days SET used = used + 1 WHERE coach_id = $1', [coach.coachId]);
    await expect(more).rejects.toThrow('sms_days_used_check');
  });

  const refusals = async (quota: string): Promise<number> => {
    const { text } = await app.http.get('/metrics');
    return Number(new RegExp(`mycoach_sms_refused_total{quota="${quota}"} (\\d+)`).exec(text)?.[1] ?? 0);
  };

  it('writes twenty a day of UTC to a number, whichever coaches they are from (trust 42)', async () => {
    const phone = '+33612345678';
    const to = async (number: string, count: number, from: Texting): Promise<SmsDraft[]> => {
      const texts = Array.from({ length: count }, () => ({ clientId: from.clientId, phone: number, body: 'Bonjour' }));
      const batch = { id: randomUUID(), coachId: from.coachId, templateId: null };
      return (await register.write(batch, texts)).beyondNumber;
    };
    const other = await aTextingCoach(app);
    const before = await refusals('number_day');
    expect(await to(phone, 12, coach)).toEqual([]);
    expect(await to(phone, 10, other)).toHaveLength(2);
    expect(await to(phone, 1, coach)).toHaveLength(1);
    expect(await to('+33612345679', 1, coach)).toEqual([]);
    expect((await refusals('number_day')) - before).toBe(3);
    const { rows } = await app.database.query(
      `SELECT status, error_code, count(*)::int FROM sms_messages WHERE phone = $1 GROUP BY 1, 2 ORDER BY 3`,
      [phone],
    );
    expect(rows).toEqual([
      { status: 'failed', error_code: 'number_day_full', count: 3 },
      { status: 'pending', error_code: null, count: 20 },
    ]);
    expect(await waitingJobs(app)).toHaveLength(21);
    await app.setClock('2026-03-03T00:00:00Z');
    expect(await to(phone, 1, coach)).toEqual([]);
  });

  it('never writes more to a number than there are, when many coaches write at once (trust 42)', async () => {
    const coaches = await Promise.all(Array.from({ length: 6 }, () => aTextingCoach(app)));
    // The same people in another order each time: nobody waits crosswise.
    const phones = Array.from({ length: 30 }, (_, place) => `+336${String(30_000_000 + place)}`);
    const write = async ({ coachId, clientId }: Texting, turn: number): Promise<number> => {
      const texts = phones.map((phone) => ({ clientId, phone, body: 'Bonjour' }));
      const batch = { id: randomUUID(), coachId, templateId: null };
      const six = [texts, texts, texts, texts].flat();
      return (await register.write(batch, turn % 2 ? six : six.toReversed())).beyondNumber.length;
    };
    const beyond = await Promise.all(coaches.map(write));
    expect(beyond.reduce((sum, count) => sum + count, 0)).toBe(6 * 4 * 30 - 20 * 30);
    const { rows } = await app.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
    const more = app.database.query('UPDATE sms_number_days SET used = used + 1');
    await expect(more).rejects.toThrow('sms_number_days_used_check');
  });

  it('counts what a used up quota refuses', async () => {
    const before = await refusals('coach_day');
    await write(203);
    expect((await refusals('coach_day')) - before).toBe(3);
  });

  it('writes what a template said that was deleted meanwhile', async () => {
    const batch = { id: randomUUID(), coachId: coach.coachId, templateId: randomUUID() };
    expect(await register.write(batch, drafts(1))).toEqual({ beyondQuota: [], beyondNumber: [] });
    const { rows } = await app.database.query('SELECT template_id FROM sms_messages WHERE batch_id = $1', [batch.id]);
    expect(rows).toEqual([{ template_id: null }]);
  });

  it('asks as many statements for two hundred as for two', async () => {
    const statementsFor = async (count: number): Promise<number> => {
      const before = app.queryCount();
      await write(count);
      return app.queryCount() - before;
    };
    await write(1);
    expect(await statementsFor(190)).toBe(await statementsFor(2));
  });

  it('writes nothing where there is nothing to write', async () => {
    const before = app.queryCount();
    expect(await write(0)).toBe(0);
    expect(await register.optedOut([])).toEqual(new Set());
    expect(await written()).toBe(0);
    // A transaction is opened and closed, and that is all.
    expect(app.queryCount() - before).toBeLessThanOrEqual(2);
  });

  it('knows the numbers that want no SMS', async () => {
    await app.database.query("INSERT INTO sms_opt_outs (phone, created_at) VALUES ('+33699999999', now())");
    const asked = ['+33699999999', '+33612345678'];
    expect(await register.optedOut(asked)).toEqual(new Set(['+33699999999']));
  });

  describe('asked how far a batch is', () => {
    it('says at once of what is settled', async () => {
      const id = randomUUID();
      await write(3, id);
      await app.database.query("INSERT INTO sms_opt_outs (phone, created_at) VALUES ('+33610000001', now())");
      await settle(app);
      const began = performance.now();
      expect(await register.settled(id)).toEqual({
        sent: 2,
        failed: 1,
        pending: 0,
        failedClientIds: [coach.clientId],
      });
      expect(performance.now() - began).toBeLessThan(1_000);
      await app.database.query('TRUNCATE sms_opt_outs');
    });

    it('waits while another process sends', async () => {
      const id = randomUUID();
      await write(2, id);
      const answer = register.settled(id);
      const other = await startTestApp({ DATABASE_URL: app.databaseUrl });
      try {
        await settle(other);
        expect(await answer).toMatchObject({ sent: 2, pending: 0 });
      } finally {
        await other.close();
      }
    });

    it('waits five seconds and no longer for what nobody sends', async () => {
      const id = randomUUID();
      await write(2, id);
      const [began, asked] = [performance.now(), app.queryCount()];
      expect(await register.settled(id)).toEqual({ sent: 0, failed: 0, pending: 2, failedClientIds: [] });
      expect(performance.now() - began).toBeGreaterThan(4_900);
      expect(performance.now() - began).toBeLessThan(6_500);
      expect(app.queryCount() - asked).toBeLessThan(25);
    }, 10_000);

    it('has nothing to say of a batch without SMS', async () => {
      expect(await register.settled(randomUUID())).toEqual({ sent: 0, failed: 0, pending: 0, failedClientIds: [] });
    });
  });
});
