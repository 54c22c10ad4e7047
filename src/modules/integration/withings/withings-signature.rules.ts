import { createHmac } from 'node:crypto';

/** What proves that the application itself asks: HMAC-SHA-256 over the values, in the order of their names. */
export function signatureOf(fields: Readonly<Record<string, string>>, clientSecret: string): string {
  const signed = Object.keys(fields)
    .sort()
    .map((name) => fields[name])
    .join(',');
  return createHmac('sha256', clientSecret).update(signed).digest('hex');
}
