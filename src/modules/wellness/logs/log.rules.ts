/** What NUMERIC(10, 3) holds. */
export const LARGEST_VALUE = 9_999_999.999;

/** Whether a number has at most three decimals, so that it is kept as it was sent. */
export function hasThreeDecimals(value: number): boolean {
  return Number(value.toFixed(3)) === value;
}
