import { dataOf } from 'test/support/personal-data';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { WithingsServer } from 'test/support/withings-server';
import { connectScale, historyOf, weigh } from './scales';

const NAME = 'integration.scale';

describe('the personal data of scales', () => {
  let withings: WithingsServer;
  let app: TestApp;

  beforeAll(async () => {
    withings = await new WithingsServer().start();
    app = await startTestApp(withings.variables);
    await app.setClock('2026-03-02T09:00:00Z');
  });
  afterAll(async () => {
    await app.close();
    await withings.stop();
  });

  it('is every measurement with all its fields, the oldest first (trust 58)', async () => {
    const [me, other] = [await app.register(), await app.register()];
    await weigh(other, 99);
    const parts = { fat_pct: 20, muscle_pct: 70, water_pct: 55, bone_kg: 3.1, bmi: 24 };
    const last = await weigh(me, 80.5, '2026-03-02T08:00:00Z', parts);
    const first = await weigh(me, 81, '2026-03-01T08:00:00Z');
    const now = { created_at: '2026-03-02T09:00:00Z', updated_at: '2026-03-02T09:00:00Z' };
    const told = [first, last].map(({ user_id: _, ...fields }) => ({ ...fields, ...now }));
    expect(await dataOf(app, NAME, me).exported('body_measurements')).toEqual(told);
  });

  it('of thousands is read in pieces, each once', async () => {
    const me = await app.register();
    await app.database.query(
      `INSERT INTO body_measurements (user_id, measured_at, source, weight_kg, created_at, updated_at)
       SELECT $1, timestamptz '2020-01-01' + n * interval '1 hour', 'manual', 70, now(), now()
       FROM generate_series(0, 1099) n`,
      [me.id],
    );
    const rows = await dataOf(app, NAME, me).exported('body_measurements');
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1_100);
  });

  it('is gone once it was erased, and that of others is not (trust 59)', async () => {
    const [me, other] = [await app.register(), await app.register()];
    for (const person of [me, other]) {
      await connectScale(app, withings, person);
      await weigh(person, 80);
    }
    expect(await dataOf(app, NAME, me).erased()).toBe(1);
    expect((await historyOf(me)).total).toBe(0);
    expect((await historyOf(other)).total).toBe(1);
    const { rows } = await app.database.query('SELECT user_id FROM scale_syncs');
    expect(rows).toEqual([{ user_id: other.id }]);
  });
});
