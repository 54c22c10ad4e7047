/** What a process needed at one moment. */
export interface Sample {
  /** Since the load began. */
  minute: number;
  rssMb: number;
  heapMb: number;
  files: number;
}

export interface Bounds {
  warmUpMinutes: number;
  /** Megabytes a minute. */
  mostSlopeMb: number;
  /** 0.1 = a tenth more. */
  mostGrowth: number;
}

export interface Trend {
  /** Megabytes a minute, by Theil and Sen. */
  slopeMb: number;
  heapSlopeMb: number;
  /** From the first quarter to the last, by their medians. */
  growth: number;
  filesFirst: number;
  filesLast: number;
  faults: string[];
}

const LONG_MINUTES = 10;

/** In a short run a process still warms up: only what is very wrong shows. */
export function boundsOf(minutes: number): Bounds {
  return minutes < LONG_MINUTES
    ? { warmUpMinutes: minutes / 6, mostSlopeMb: Infinity, mostGrowth: 0.5 }
    : { warmUpMinutes: 3, mostSlopeMb: 1, mostGrowth: 0.1 };
}

/** Connections of callers come and go: so many more may be open at the end by chance. */
const MORE_FILES = 8;

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** The median of the slopes between all pairs: a third of the points may be anywhere and it stays where it is. */
export function robustSlope(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], place) =>
    points.slice(place + 1).flatMap(([otherX, otherY]) => (otherX === x ? [] : [(otherY - y) / (otherX - x)])),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

/** What became of a process after its warm-up, and what is wrong with it; nothing when it stays as it is. */
export function trendOf(samples: readonly Sample[], { warmUpMinutes, mostSlopeMb, mostGrowth }: Bounds): Trend {
  const warm = samples.filter(({ minute }) => minute >= warmUpMinutes);
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  const middles = (of: keyof Sample): [first: number, last: number] => [
    median(warm.slice(0, quarter).map((one) => one[of])),
    median(warm.slice(-quarter).map((one) => one[of])),
  ];
  const [first, last] = middles('rssMb');
  const [filesFirst, filesLast] = middles('files');
  const slopeMb = robustSlope(warm.map(({ minute, rssMb }) => [minute, rssMb]));
  const growth = last / first - 1;
  const faults = [
    ...(warm.length === 0 ? ['no sample after the warm-up'] : []),
    ...(slopeMb >= mostSlopeMb ? [`grows by ${slopeMb.toFixed(2)} MB a minute`] : []),
    ...(growth >= mostGrowth ? [`grew by ${(growth * 100).toFixed(0)} %`] : []),
    ...(filesLast > filesFirst + MORE_FILES ? [`${String(filesFirst)} files became ${String(filesLast)}`] : []),
  ];
  const heapSlopeMb = robustSlope(warm.map(({ minute, heapMb }) => [minute, heapMb]));
  return { slopeMb, heapSlopeMb, growth, filesFirst, filesLast, faults };
}
