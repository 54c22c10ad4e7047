/** Whether a number has no more decimals than that, so that it is kept as it was sent. */
export function fitsDecimals(value: number, most: number): boolean {
  return Number(value.toFixed(most)) === value;
}
