/** The first of some moments, each of which may be missing; null when all of them are. */
export function earliest(...moments: readonly (Date | null)[]): Date | null {
  const known = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return known.length === 0 ? null : new Date(Math.min(...known));
}
