/** From a value to a place on the picture. */
export type Scale = (value: number) => number;
export type Span = readonly [from: number, to: number];

/** Steps that people count in, in each power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/** A span of values laid out on a span of pixels; a single value stands in the middle. */
export function linearScale([least, most]: Span, [start, end]: Span): Scale {
  if (most === least) return () => (start + end) / 2;
  return (value) => start + ((value - least) / (most - least)) * (end - start);
}

/**
 * Round numbers at equal distances, from one at or below `least` to one at or above `most`.
 *
 * @param intervals about how many steps; never more than two beyond
 * @param whole what is counted has no halves
 */
export function niceTicks(least: number, most: number, intervals: number, { whole = false } = {}): number[] {
  const span = most > least ? most - least : 1;
  const power = 10 ** Math.floor(Math.log10(span / intervals));
  const steps = STEPS.map((part) => tidy(part * power)).filter((step) => !whole || Number.isInteger(step));
  const step = steps.find((candidate) => candidate * intervals >= span) ?? steps.at(-1) ?? 1;
  const first = Math.floor(tidy(least / step));
  const last = Math.ceil(tidy((least + span) / step));
  return Array.from({ length: last - first + 1 }, (_, place) => tidy((first + place) * step));
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
