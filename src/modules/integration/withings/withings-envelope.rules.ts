import { isRecord, recordOf } from 'src/common/json/record';

/** What Withings answers, always with HTTP 200: how it went, and what was asked for. */
export interface Envelope {
  status: number;
  body: Readonly<Record<string, unknown>>;
  /** In its own words; may quote tokens, and is never repeated. */
  error: string;
}

/**
 * How it went: `access_refused` the token opens nothing, `grant_refused` the code or the refresh token is worth nothing,
 * `invalid` no repeat helps, `too_many` the application has asked too often, `later` anything else.
 */
export type Verdict = 'done' | 'access_refused' | 'grant_refused' | 'invalid' | 'too_many' | 'later';

const REFUSED = new Set([100, 101, 102, 200, 401]);
const INVALID = 503;
const TOO_MANY = 601;
/** Of requests for tokens: a wrong secret of the application is a fault of ours, and no reason to ask its people anew. */
const OF_GRANT = /\b(code|refresh_?token)\b/i;
const OF_APPLICATION = /\bclient_?(id|secret)\b/i;

/** Null: no answer of Withings. */
export function envelopeOf(answer: unknown): Envelope | null {
  if (!isRecord(answer)) return null;
  const { status, body, error } = answer;
  if (typeof status !== 'number' || !Number.isSafeInteger(status)) return null;
  return { status, body: recordOf(body), error: typeof error === 'string' ? error : '' };
}

export function verdictOn({ status }: Envelope): Verdict {
  if (status === 0) return 'done';
  if (REFUSED.has(status)) return 'access_refused';
  if (status === INVALID) return 'invalid';
  return status === TOO_MANY ? 'too_many' : 'later';
}

/** The same of a request for tokens, which has no access token that could be refused. */
export function verdictOnGrant(envelope: Envelope): Verdict {
  const verdict = verdictOn(envelope);
  if (verdict !== 'access_refused' && verdict !== 'invalid') return verdict;
  if (OF_APPLICATION.test(envelope.error)) return 'invalid';
  return verdict === 'access_refused' || OF_GRANT.test(envelope.error) ? 'grant_refused' : 'invalid';
}
