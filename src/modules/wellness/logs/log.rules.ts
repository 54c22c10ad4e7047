/** What NUMERIC(10, 3) holds. */
export const LARGEST_VALUE = 9_999_999.999;
