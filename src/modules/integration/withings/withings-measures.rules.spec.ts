import { measuresPageOf, readGroups } from './withings-measures.rules';

const NOW = new Date('2026-03-02T09:00:00Z');
const DATE = Date.UTC(2026, 2, 1, 6) / 1_000;

const measure = (type: number, value: unknown, unit: unknown = -3): object => ({ type, value, unit });
const group = (measures: unknown[], more: object = {}): object => ({
  grpid: 1,
  attrib: 0,
  date: DATE,
  created: DATE + 10,
  modified: DATE + 10,
  category: 1,
  measures,
  ...more,
});
const one = (measures: unknown[], more: object = {}, heightCm: number | null = null) =>
  readGroups([group(measures, more)], heightCm, NOW).readings[0];

describe('a group of measures', () => {
  it('is a measurement, with the parts of the body in percent of its weight', () => {
    const measures = [
      ...[measure(1, 80_000), measure(6, 21_345), measure(76, 6_040, -2), measure(77, 44, 0), measure(88, 31, -1)],
    ];
    expect(one(measures, {}, 180)).toEqual({
      measuredAt: new Date('2026-03-01T06:00:00Z'),
      weightKg: 80,
      bmi: 24.69,
      fatPct: 21.35,
      musclePct: 75.5,
      waterPct: 55,
      boneKg: 3.1,
    });
  });

  it('tells no more than it holds', () => {
    const parts = { bmi: null, fatPct: null, musclePct: null, waterPct: null, boneKg: null };
    expect(one([measure(1, 72_345)])).toMatchObject({ weightKg: 72.35, ...parts });
  });

  it.each([
    ['without a weight', group([measure(6, 20_000), measure(76, 60_000)])],
    ['a wish', group([measure(1, 70_000)], { category: 2 })],
    ['of somebody else, perhaps', group([measure(1, 70_000)], { attrib: 1 })],
    ['typed when the account was made', group([measure(1, 70_000)], { attrib: 4 })],
    ['of nobody knows whom', group([measure(1, 70_000)], { attrib: undefined })],
    ['of more than 500 kg', group([measure(1, 500_005)])],
    ['of no weight at all', group([measure(1, 4, -3)])],
    ['below nothing', group([measure(1, -70_000)])],
    ['with an absurd unit', group([measure(1, 70, 300)])],
    ['with half a unit', group([measure(1, 70, 0.5)])],
    ['with a text for a number', group([measure(1, '70000')])],
    ['of the day after tomorrow', group([measure(1, 70_000)], { date: NOW.getTime() / 1_000 + 86_401 })],
    ['of no day', group([measure(1, 70_000)], { date: 'yesterday' })],
    ['with no list of measures', group(null as unknown as unknown[])],
    ['nothing', null],
    ['a list', [1]],
  ])('is skipped and counted: %s', (_, garbage) => {
    expect(readGroups([garbage, group([measure(1, 70_000)])], null, NOW)).toMatchObject({
      readings: [{ weightKg: 70 }],
      skipped: 1,
    });
  });

  it.each([0, 2, 7, 8])('counts when it was attributed by %d', (attrib) => {
    expect(one([measure(1, 70_000)], { attrib })?.weightKg).toBe(70);
  });

  it('has a weight of up to 500 kg', () => {
    expect(one([measure(1, 500_004)])?.weightKg).toBe(500);
    expect(one([measure(1, 5, -3)])?.weightKg).toBe(0.01);
  });

  it('leaves out a part that no body has, and keeps the rest', () => {
    const absurd = [
      measure(1, 70_000),
      measure(6, 100_005),
      measure(76, 70_004),
      measure(77, 71_000),
      measure(88, 50_005),
    ];
    expect(one(absurd)).toMatchObject({ weightKg: 70, fatPct: null, musclePct: null, waterPct: null, boneKg: null });
    const bounds = [measure(1, 70_000), measure(6, 100_004), measure(76, 70_003), measure(88, 50_004)];
    expect(one(bounds)).toMatchObject({ fatPct: 100, musclePct: 100, boneKg: 50 });
  });

  it('is of the whole body, whatever it says of limbs', () => {
    expect(one([measure(1, 70_000), { ...measure(76, 9_000), position: 2 }])?.musclePct).toBeNull();
    expect(one([measure(1, 70_000), { ...measure(76, 9_000), position: 2 }, measure(76, 35_000)])?.musclePct).toBe(50);
  });
});

describe('several groups', () => {
  it('come out oldest first', () => {
    const groups = [3, 1, 2].map((day) => group([measure(1, day * 10_000)], { date: DATE + day }));
    expect(readGroups(groups, null, NOW).readings.map(({ weightKg }) => weightKg)).toEqual([10, 20, 30]);
  });

  it('of one instant are one, and the one that changed last counts', () => {
    const groups = [
      group([measure(1, 70_000)], { modified: DATE + 20 }),
      group([measure(1, 71_000)], { modified: DATE + 30 }),
      group([measure(1, 72_000)], { modified: DATE + 10 }),
    ];
    expect(readGroups(groups, null, NOW)).toMatchObject({ readings: [{ weightKg: 71 }], skipped: 0 });
  });
});

describe('a part of what Withings has', () => {
  const body = { updatetime: 1_772_000_000, more: 0, offset: 0, measuregrps: [] };

  it('is the last unless there are more', () => {
    expect(measuresPageOf(body, 0)).toEqual({ groups: [], updatedAt: 1_772_000_000, nextOffset: null });
    expect(measuresPageOf({ ...body, more: 1, offset: 30 }, 0)?.nextOffset).toBe(30);
    expect(measuresPageOf({ ...body, more: true, offset: '31' }, 30)?.nextOffset).toBe(31);
    expect(measuresPageOf({ ...body, updatetime: '1772000001' }, 0)?.updatedAt).toBe(1_772_000_001);
  });

  it.each([
    [{ ...body, measuregrps: {} }],
    [{ ...body, updatetime: null }],
    [{ ...body, updatetime: -1 }],
    // It would be asked for ever.
    [{ ...body, more: 1, offset: 30 }],
    [{ ...body, more: 1 }],
  ])('is none: %j', (answer) => {
    expect(measuresPageOf(answer, 30)).toBeNull();
  });
});
