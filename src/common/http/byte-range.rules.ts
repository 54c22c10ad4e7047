/** A part of a file, in bytes; both ends belong to it. */
export interface ByteRange {
  start: number;
  end: number;
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/i;

/**
 * The part that a `Range` header asks for. Null for the whole: without a header, for several parts at once, and for one
 * that the file does not have, which RFC 9110 lets a server pass over.
 *
 * @param size of the file, in bytes
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null {
  const [, from = '', until = ''] = RANGE.exec(header?.trim() ?? '') ?? [];
  if (from === '' && until === '') return null;
  const start = from === '' ? Math.max(0, size - Number(until)) : Number(from);
  const end = from === '' || until === '' ? size - 1 : Math.min(Number(until), size - 1);
  return start <= end ? { start, end } : null;
}
