import fc from 'fast-check';
import sharp from 'sharp';
import { PALETTES } from 'src/common/chart/theme';
import type { Progression, ProgressionPoint } from 'src/modules/performance/statistics/statistics.types';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { progressionChart } from './progression-chart.template';

const reader: ChartReader = {
  language: 'fr',
  locale: 'fr-FR',
  timezone: 'Europe/Paris',
  unit: 'kg',
  palette: PALETTES.light,
  width: 800,
};
const say: Say = (key, values = {}) => [key, ...Object.values(values)].join(' ');
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

function point(day: number, maxWeightKg: number | null, more: Partial<ProgressionPoint> = {}): ProgressionPoint {
  const at = new Date(Date.UTC(2026, 1, day, 10));
  const totalVolumeKg = maxWeightKg === null ? null : maxWeightKg * 15;
  return { sessionId: 's', at, maxWeightKg, totalVolumeKg, setsCount: 3, isRecord: false, ...more };
}

function progression(points: ProgressionPoint[], name = 'Squat'): Progression {
  return { exercise: { id: 'e', slug: 'squat', name }, oneRepMax: null, bestByReps: [], points };
}

function draw(points: ProgressionPoint[], as: Partial<ChartReader> = {}, name?: string): string {
  return progressionChart(progression(points, name), { ...reader, ...as }, say);
}

/** The dots, as they are drawn: records after the others. */
function dotsOf(svg: string, colour: string): { x: number; y: number; told: string }[] {
  const dot = new RegExp(
    `<circle cx="([\\d.]+)" cy="([\\d.]+)" r="[\\d.]+" fill="${colour}"[^>]*><title>([^<]*)</title>`,
    'g',
  );
  return [...svg.matchAll(dot)].map(([, x, y, told = '']) => ({ x: Number(x), y: Number(y), told: plain(told) }));
}

describe('the picture of a progression', () => {
  it('has a dot for each session, higher for more, and another for a record', () => {
    const svg = draw([
      point(1, 60, { isRecord: true }),
      point(3, 50),
      point(8, 82.5, { isRecord: true }),
      point(9, 70),
    ]);
    const { accent, highlight } = PALETTES.light;
    const [ordinary, records] = [dotsOf(svg, accent), dotsOf(svg, highlight)];
    expect(ordinary.map(({ told }) => told)).toEqual(['3 févr. · 50 kg', '9 févr. · 70 kg']);
    expect(records.map(({ told }) => told)).toEqual(['1er févr. · 60 kg', '8 févr. · 82,5 kg']);
    const byTime = [records[0], ordinary[0], records[1], ordinary[1]];
    const xs = byTime.map((dot) => dot?.x ?? 0);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
    const byWeight = [ordinary[0], records[0], ordinary[1], records[1]].map((dot) => dot?.y ?? 0);
    expect(byWeight).toEqual([...byWeight].sort((one, other) => other - one));
    // 50, 60 and 70 are as far apart as they weigh.
    expect((byWeight[0] ?? 0) - (byWeight[1] ?? 0)).toBeCloseTo((byWeight[1] ?? 0) - (byWeight[2] ?? 0), 1);
    expect(plain(svg)).toContain('>82,5 kg</text>');
  });

  it('tells itself to who does not see it', () => {
    const svg = draw([point(1, 60), point(8, 82.5)], {}, 'Développé couché');
    expect(svg).toContain('role="img" aria-labelledby="progression-title progression-description" lang="fr"');
    expect(svg).toContain('<title id="progression-title">Développé couché</title>');
    expect(plain(svg)).toContain(
      '<desc id="progression-description">about_exercise Développé couché 1er–8 févr. 2026 2 82,5 kg</desc>',
    );
  });

  it('speaks pounds to who reads them, in weights and in volume', () => {
    const svg = draw([point(1, 45.359237), point(2, 90.718474)], { unit: 'lb', locale: 'en-US', language: 'en' });
    expect(dotsOf(svg, PALETTES.light.accent).map(({ told }) => told)).toEqual(['Feb 1 · 100 lb', 'Feb 2 · 200 lb']);
    expect(svg).toContain('<title>Feb 2 · 3,000</title>');
    expect(svg).toContain('best_weight lb');
    expect(svg).not.toContain('kg');
  });

  it('takes the dates of the reader’s zone', () => {
    const late = [point(1, 60, { at: new Date('2026-02-01T23:30:00Z') })];
    expect(draw(late)).toContain('2 févr.');
    expect(draw(late, { timezone: 'UTC' })).toContain('1er févr.');
  });

  it('is of sets where nothing is lifted', () => {
    const svg = draw([point(1, null, { setsCount: 2 }), point(2, 0, { setsCount: 4, totalVolumeKg: 0 })]);
    expect(svg).toContain('>sets kg</text>');
    expect(svg).not.toContain('best_weight');
    expect(svg).not.toContain('<circle');
    expect(svg).toContain('<title>2 févr. · 4</title>');
    expect(svg).toContain('about_exercise_sets Squat 1er–2 févr. 2026 2 6');
  });

  it('says a few words where there is nothing', () => {
    const svg = draw([]);
    expect(svg).toContain('<desc id="progression-description">empty_exercise</desc>');
    expect(svg).toContain('>empty_exercise</text>');
    expect(svg).not.toContain('<circle');
  });

  it('draws one session, and leaves out the dots of five hundred', async () => {
    const one = draw([point(1, 60, { isRecord: true })]);
    expect(dotsOf(one, PALETTES.light.highlight)).toHaveLength(1);
    const many = Array.from({ length: 500 }, (_, day) => point(day, 60 + (day % 40), { isRecord: day < 40 }));
    for (const width of [320, 1_600]) {
      const svg = draw(many, { width });
      expect(dotsOf(svg, PALETTES.light.accent)).toHaveLength(0);
      expect(dotsOf(svg, PALETTES.light.highlight)).toHaveLength(40);
      expect((await sharp(Buffer.from(svg)).metadata()).width).toBe(width);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('has nothing but its own shapes and words, in colours of the theme', () => {
    for (const palette of Object.values(PALETTES)) {
      const svg = draw([point(1, 60, { isRecord: true }), point(2, 50)], { palette });
      const names = new Set([...svg.matchAll(/<([a-z]+)/g)].map(([, name]) => name));
      expect([...names].sort()).toEqual(['circle', 'desc', 'g', 'line', 'path', 'rect', 'svg', 'text', 'title']);
      expect(svg).not.toMatch(/\son\w+=|href|style=|url\(/);
      const colours = new Set([...svg.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour));
      for (const colour of colours) expect(Object.values(palette)).toContain(colour);
    }
  });

  it('is well-formed whatever an exercise is called', async () => {
    const any = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(any, fc.integer({ min: 320, max: 1_600 }), async (name, width) => {
        const svg = draw([point(1, 60), point(5, 70)], { width }, name);
        await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ format: 'svg', width });
      }),
      { numRuns: 60, examples: [['</title><script>alert(1)</script>&"\'', 320]] },
    );
  });
});
