/** Loaded into a process before anything else: its clock is wrong by SKEW_MS, and nobody else's is. */
const skewMs = Number(process.env.SKEW_MS);
const TrueDate = Date;
class SkewedDate extends TrueDate {
  constructor(...values) {
    if (values.length === 0) super(TrueDate.now() + skewMs);
    else super(...values);
  }

  static now() {
    return TrueDate.now() + skewMs;
  }
}
Object.defineProperty(SkewedDate, 'name', { value: 'Date' });
globalThis.Date = SkewedDate;
