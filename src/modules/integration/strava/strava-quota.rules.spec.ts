import { pausedUntil, refusedUntil } from './strava-quota.rules';

const NOW = Date.parse('2026-03-02T10:07:30Z');
const QUARTER = Date.parse('2026-03-02T10:15:00Z');
const MIDNIGHT = Date.parse('2026-03-03T00:00:00Z');

const told = (limit: string | null, usage: string | null, kind = 'X-RateLimit'): Headers => {
  const headers = new Headers();
  if (limit !== null) headers.set(`${kind}-Limit`, limit);
  if (usage !== null) headers.set(`${kind}-Usage`, usage);
  return headers;
};

describe('how much Strava may still be asked', () => {
  it.each<[string, Headers, number | null]>([
    ['goes on below four fifths', told('200,2000', '159,1599'), null],
    ['waits for the next quarter from four fifths on', told('200,2000', '160,10'), QUARTER],
    ['waits for the next day when that is nearly used up', told('200,2000', '200,1600'), MIDNIGHT],
    ['heeds the limit of reading too', told('100,1000', '80,81', 'X-ReadRateLimit'), QUARTER],
    ['goes on where nothing is said', new Headers(), null],
    ['goes on where half is said', told('200,2000', null), null],
    ['goes on where nobody understands it', told('200', 'many,few'), null],
  ])('a job %s', (_, headers, until) => {
    expect(pausedUntil(headers, NOW)).toBe(until);
  });

  it('at the very end of a quarter waits for the whole next one', () => {
    expect(pausedUntil(told('200,2000', '200,10'), QUARTER)).toBe(QUARTER + 900_000);
  });

  it('a refusal lasts to the end of the quarter, or of the day when that is used up', () => {
    expect(refusedUntil(new Headers(), NOW)).toBe(QUARTER);
    expect(refusedUntil(told('200,2000', '201,1999'), NOW)).toBe(QUARTER);
    expect(refusedUntil(told('200,2000', '5,2000'), NOW)).toBe(MIDNIGHT);
  });
});
