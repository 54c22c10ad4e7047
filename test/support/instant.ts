/** A moment as the wire has it: in UTC, to the second or the millisecond. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;
