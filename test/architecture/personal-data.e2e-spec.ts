import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { EXPORT_SECTIONS } from 'src/modules/gdpr/export/export.types';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { claimFaults, type Column, columnsOf, sectionFaults } from './personal-columns';

/** Tables that say nothing of people. */
const UNPEOPLED: Readonly<Record<string, string>> = {
  blocked_domains: 'domains that are not accepted',
  coach_listing_state: 'one number: the version of the listings',
  exercise_muscles: 'reference data',
  exercise_texts: 'reference data',
  exercise_types: 'reference data',
  gym_chains: 'reference data: businesses',
  gyms: 'reference data: businesses',
  health_parameters: 'reference data',
  job_ticks: 'which periodic job ran when',
  keys_in_use: 'ids of encryption keys',
  machine_exercises: 'reference data',
  migrations: 'how the database came to be as it is',
  provider_paces: 'when a provider may be called next',
  provider_turns: 'which message is next at a provider, by its id',
  rate_counters: 'hits by keyed hash, gone within a day',
  sandbox_clock: 'the clock of the sandbox',
  seed_files: 'which reference data was loaded',
  social_platforms: 'reference data',
  webhook_events: 'ids of reports of providers',
};

const none = (): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: async () => Promise.resolve({ done: true, value: undefined }) }),
});

describe('personal data', () => {
  let app: TestApp;
  let columns: Column[];

  beforeAll(async () => {
    app = await startTestApp();
    columns = await columnsOf(app.database);
  });
  afterAll(() => app.close());

  it('is claimed column by column, once, by the part that exports or withholds it (trust 58)', () => {
    expect(claimFaults(columns, app.nest.get(PersonalDataParts).all(), UNPEOPLED)).toEqual([]);
  });

  it('has every section of the contract', () => {
    expect(sectionFaults(app.nest.get(PersonalDataParts).all(), EXPORT_SECTIONS)).toEqual([]);
  });

  it('is looked for: columns that nobody, two or the wrong ones claim are found', () => {
    const bad: Column[] = [
      { table: 'letters', column: 'id', isPerson: false },
      { table: 'letters', column: 'user_id', isPerson: true },
      { table: 'letters', column: 'body', isPerson: false },
      { table: 'weather', column: 'at', isPerson: false },
      { table: 'weather', column: 'seen_by', isPerson: true },
    ];
    const letters = { table: 'letters', exported: ['id', 'heading'], withheld: { user_id: '' } };
    const twice = { table: 'letters', exported: ['id'], withheld: {} };
    const parts = [
      { name: 'post', tables: [letters], sections: [] },
      { name: 'office', tables: [twice], sections: [] },
    ];
    expect(claimFaults(bad, parts, { weather: 'reference data', moon: 'reference data' })).toEqual([
      'letters.id: claimed by post and office',
      'letters.body: claimed by nobody',
      "weather.seen_by: names a person, and its table is no one's",
      'letters.heading: claimed by post, and not there',
      'moon: listed, and not there',
      'letters.user_id: withheld by post without a reason',
    ]);
  });

  it('is looked for: sections that are missing or said twice are found', () => {
    const section = (name: string, isSingle: boolean, fields = ['id']) => ({ name, isSingle, fields, rows: none });
    const parts = [
      { name: 'one', tables: [], sections: [section('user', true), section('devices', false)] },
      { name: 'other', tables: [], sections: [section('user', true), section('devices', false, ['id', 'id'])] },
    ];
    expect(sectionFaults(parts, ['user', 'devices', 'bookings'])).toEqual([
      'bookings: in no export',
      'user: one object, of several parts',
      'devices: a field twice',
    ]);
  });
});
