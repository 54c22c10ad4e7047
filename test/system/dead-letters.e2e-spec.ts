import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry, type MessageChannel } from 'src/common/jobs/job-registry';
import { JobWorker } from 'src/common/jobs/job-worker';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireLetter {
  id: string;
  channel: string;
  type: string;
  attempts: number;
  last_error: string;
  created_at: string;
}

interface WirePage {
  items: WireLetter[];
  total: number;
  has_more: boolean;
}

const UNKNOWN = '3f6f2f0e-7a3c-4f0e-9d3c-2b1a0f9e8d7c';

describe('messages that could not be delivered', () => {
  let app: TestApp;
  let admin: TestPerson;
  let client: TestPerson;
  let delivered: string[];
  let replayed: string[];
  let isRefused: boolean;

  beforeAll(async () => {
    app = await startTestApp();
    [admin, client] = [await app.register(), await app.register()];
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    await expectStatus(admin.http.get('/auth/me'), 200);
    const registry = app.nest.get(JobRegistry);
    for (const channel of ['email', 'sms', 'push'] as const satisfies readonly MessageChannel[])
      registry.register(
        `note_by_${channel}`,
        ({ text }) => {
          if (isRefused) return Promise.reject(new DeliveryFailure('smtp 550', true));
          delivered.push(String(text));
          return Promise.resolve();
        },
        {
          channel,
          describe: () => Promise.resolve({ type: `note_${channel}`, userId: client.id }),
          replayed: ({ text }) => Promise.resolve(void replayed.push(String(text))),
        },
      );
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await settle();
    await app.database.query('DELETE FROM dead_letters');
    await app.setClock('2026-03-02T06:00:00Z');
    [delivered, replayed, isRefused] = [[], [], true];
  });

  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  const park = async (channel: MessageChannel, text: string): Promise<void> => {
    await app.nest.get(JobQueue).add(`note_by_${channel}`, { text, sealed: 'v1:secret' });
    await settle();
  };
  const list = (query = ''): Promise<WirePage> =>
    expectStatus<WirePage>(admin.http.get(`/admin/dead-letters${query}`), 200);
  const theOnlyOne = async (): Promise<string> => {
    const { items } = await list();
    expect(items).toHaveLength(1);
    return items[0]?.id ?? '';
  };

  it('are listed with what went wrong, and nothing of whom they were for or what they said', async () => {
    await park('email', 'Bonjour Claire');
    const answer = await admin.http.get('/admin/dead-letters');
    expect(answer.body).toEqual({
      items: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          channel: 'email',
          type: 'note_email',
          attempts: 1,
          last_error: 'smtp 550',
          created_at: '2026-03-02T06:00:00Z',
        },
      ],
      total: 1,
      offset: 0,
      limit: 50,
      has_more: false,
    });
  });

  it('are listed the newest first, by channel and page', async () => {
    for (const [minute, channel] of (['email', 'sms', 'push', 'sms'] as const).entries()) {
      await app.setClock(`2026-03-02T06:0${String(minute)}:00Z`);
      await park(channel, String(minute));
    }
    const times = (page: WirePage): string[] => page.items.map(({ created_at }) => created_at.slice(14, 16));
    expect(times(await list())).toEqual(['03', '02', '01', '00']);
    expect(times(await list('?channel=sms'))).toEqual(['03', '01']);
    const page = await list('?channel=sms&limit=1');
    expect([times(page), page.total, page.has_more]).toEqual([['03'], 2, true]);
    expect(times(await list('?limit=2&offset=2'))).toEqual(['01', '00']);
    const refused = await admin.http.get('/admin/dead-letters?channel=pigeon');
    expect([refused.status, refused.body]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'channel', code: 'invalid_value' })] }),
    ]);
  });

  it('are sent again when an admin says so, and leave the list', async () => {
    await park('email', 'again');
    const id = await theOnlyOne();
    isRefused = false;
    await expectStatus(admin.http.post(`/admin/dead-letters/${id}/replay`), 202);
    expect([(await list()).total, replayed]).toEqual([0, ['again']]);
    await settle();
    expect(delivered).toEqual(['again']);
  });

  it('have all their attempts again, and come back when they fail again', async () => {
    await park('email', 'again');
    const id = await theOnlyOne();
    await expectStatus(admin.http.post(`/admin/dead-letters/${id}/replay`), 202);
    const { rows } = await app.database.query('SELECT attempts, max_attempts FROM graphile_worker._private_jobs');
    expect(rows).toEqual([{ attempts: 0, max_attempts: 5 }]);
    await settle();
    expect(await theOnlyOne()).not.toBe(id);
  });

  it('are sent once when two admins say so at once', async () => {
    await park('email', 'once');
    const id = await theOnlyOne();
    isRefused = false;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.http.post(`/admin/dead-letters/${id}/replay`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 7 }, () => 404)]);
    await settle();
    expect([delivered, replayed]).toEqual([['once'], ['once']]);
  });

  it('are thrown away when an admin says so', async () => {
    await park('push', 'never');
    const id = await theOnlyOne();
    await expectStatus(admin.http.delete(`/admin/dead-letters/${id}`), 204);
    const again = await admin.http.delete(`/admin/dead-letters/${id}`);
    expect([again.status, (again.body as { detail: string }).detail]).toEqual([404, 'dead_letter_not_found']);
    expect((await list()).total).toBe(0);
  });

  it.each([
    ['get', '/admin/dead-letters'],
    ['post', `/admin/dead-letters/${UNKNOWN}/replay`],
    ['delete', `/admin/dead-letters/${UNKNOWN}`],
  ] as const)('are for admins: %s %s', async (verb, path) => {
    expect((await app.http[verb](path)).status).toBe(401);
    expect((await client.http[verb](path)).body).toMatchObject({ detail: 'forbidden' });
    expect((await admin.http[verb](path)).status).toBe(verb === 'get' ? 200 : 404);
  });

  it('have ids, and what is none is refused', async () => {
    expect((await admin.http.post('/admin/dead-letters/7/replay')).status).toBe(422);
    expect((await admin.http.delete('/admin/dead-letters/7')).status).toBe(422);
  });

  it('go with the account of whom they were for', async () => {
    await park('email', 'gone');
    const somebody = await app.register();
    await app.database.query('UPDATE dead_letters SET user_id = $1', [somebody.id]);
    await app.database.query('DELETE FROM users WHERE id = $1', [somebody.id]);
    expect((await list()).total).toBe(0);
  });

  it('are kept for thirty days', async () => {
    await park('email', 'old');
    await app.setClock('2026-03-03T06:00:00Z');
    await park('sms', 'young');
    // The night of the thirtieth day finds the first one.
    await app.setClock('2026-04-02T03:00:00Z');
    await app.advance(3_600);
    expect((await list()).items.map(({ channel }) => channel)).toEqual(['sms']);
    await app.advance(86_400);
    expect((await list()).total).toBe(0);
  });
});
