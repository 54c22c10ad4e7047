import sharp from 'sharp';
import { PALETTES } from 'src/common/chart/theme';
import type { MuscleWork, WeekSeries } from 'src/modules/performance/statistics/statistics.types';
import { weeksUntil } from 'src/modules/performance/statistics/week.rules';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { weekChart } from './week-chart.template';

const PARIS = 'Europe/Paris';
const { accent, soft } = PALETTES.light;
const reader: ChartReader = {
  language: 'es',
  locale: 'es-ES',
  timezone: PARIS,
  unit: 'kg',
  palette: PALETTES.light,
  width: 800,
};
const say: Say = (key, values = {}) => [key, ...Object.values(values)].join(' ');
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

/** The weeks up to that of 4 March, of such volumes. */
function series(volumes: number[], muscles: MuscleWork[] = [], sessionsCount = 2): WeekSeries {
  const weeks = weeksUntil(new Date('2026-03-04T09:00:00Z'), PARIS, volumes.length);
  return {
    weeks: weeks.map((week, at) => ({ ...week, sessionsCount, volumeKg: volumes[at] ?? 0 })),
    work: { setsCount: 0, muscles },
  };
}

function draw(of: WeekSeries, as: Partial<ChartReader> = {}): string {
  return weekChart(of, { ...reader, ...as }, say, (muscle) => `nombre de ${muscle}`);
}

/** The bars that stand upright: how high they are, and what they tell. */
function barsOf(svg: string, colour: string): { height: number; told: string }[] {
  const bar = new RegExp(`<path d="M[\\d.]+ ([\\d.]+)V([\\d.]+)q[^"]*" fill="${colour}"><title>([^<]*)</title>`, 'g');
  return [...svg.matchAll(bar)].map(([, foot, shoulder, told = '']) => ({
    height: Number(foot) - Number(shoulder) + 3,
    told: plain(told),
  }));
}

describe('the picture of the weeks', () => {
  it('has a bar for each week, as high as its volume, the running one in another colour', () => {
    const svg = draw(series([1_000, 0, 4_000, 2_000]));
    const [before, running] = [barsOf(svg, soft), barsOf(svg, accent)];
    expect(before.map(({ told }) => told)).toEqual(['9 feb · 1000', '23 feb · 4000']);
    expect(running.map(({ told }) => told)).toEqual(['2 mar · 2000']);
    expect((before[1]?.height ?? 0) / (before[0]?.height ?? 1)).toBeCloseTo(4, 1);
    expect((before[1]?.height ?? 0) / (running[0]?.height ?? 1)).toBeCloseTo(2, 1);
    expect(svg).toContain('volume_by_week kg');
  });

  it('tells how many sets each muscle did, most first', () => {
    const svg = draw(
      series(
        [1, 2, 3, 4],
        [
          { muscle: 'quads', sets: 12 },
          { muscle: 'chest', sets: 3 },
        ],
      ),
    );
    expect(svg.indexOf('nombre de quads')).toBeLessThan(svg.indexOf('nombre de chest'));
    const rows = [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="10"/g)].map(([, width]) =>
      Number(width),
    );
    expect((rows[0] ?? 0) / (rows[1] ?? 1)).toBeCloseTo(4, 1);
    expect(plain(svg)).toContain(
      'about_weeks 9 feb – 8 mar 2026 8 10 kg muscles. muscle_sets nombre de quads 12, muscle_sets nombre de chest 3.',
    );
  });

  it('counts sessions where nothing was lifted', () => {
    const svg = draw(series([0, 0, 0, 0], [], 3));
    expect(svg).toContain('sessions_by_week');
    expect(barsOf(svg, soft)).toHaveLength(3);
    expect(barsOf(svg, accent)).toMatchObject([{ told: '2 mar · 3' }]);
    expect(svg).not.toContain('>muscles<');
  });

  it('speaks pounds to who reads them', () => {
    const svg = draw(series([0, 0, 0, 453.59237]), { unit: 'lb' });
    expect(barsOf(svg, accent)).toMatchObject([{ told: '2 mar · 1000' }]);
    expect(svg).not.toContain('kg');
  });

  it('says a few words where nobody trained', () => {
    const svg = draw(series([0, 0, 0, 0], [], 0));
    expect(svg).toContain('<desc id="weeks-description">empty_weeks</desc>');
    expect(barsOf(svg, soft)).toEqual([]);
  });

  it.each([320, 639, 640, 1_600])('is well-formed at %i pixels, with all weeks and muscles', async (width) => {
    const muscles = Array.from({ length: 15 }, (_, at) => ({ muscle: 'hip_flexors' as const, sets: 100 - at }));
    const svg = draw(
      series(
        Array.from({ length: 52 }, (_, at) => at * 1_000),
        muscles,
      ),
      { width },
    );
    const { width: seen, height } = await sharp(Buffer.from(svg)).metadata();
    expect(seen).toBe(width);
    const feet = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(Math.max(...feet)).toBeLessThan(height);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|style=/);
  });
});
