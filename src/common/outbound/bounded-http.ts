import { recordOf } from 'src/common/json/record';
import { DeliveryFailure } from './delivery-failure';

/** How long an exchange may take as a whole, and how much may come back. */
export interface Bounds {
  patienceMs: number;
  maxBytes: number;
}

/** Of every call to an API: 10 seconds, 1 MiB. */
export const API_BOUNDS: Bounds = { patienceMs: 10_000, maxBytes: 1_048_576 };

/** What a provider answered, whatever its status. */
export interface BoundedAnswer {
  status: number;
  headers: Headers;
  /** Null: larger than it may be. */
  body: Buffer | null;
}

/** A provider answered, and not with a success. */
export class HttpRefusal extends DeliveryFailure {
  constructor(
    readonly status: number,
    code: string,
    isFinal: boolean,
    retryAfterMs: number | null,
  ) {
    super(code, isFinal, retryAfterMs);
  }
}

const LATER = new Set([408, 429]);

/**
 * One request and the whole of its answer. Nobody is followed elsewhere: a redirect is an answer like others.
 *
 * @param provider one word for codes of failures, `strava`
 * @throws DeliveryFailure when no whole answer came in time
 */
export async function exchange(
  provider: string,
  url: string | URL,
  request: RequestInit,
  { patienceMs, maxBytes }: Bounds = API_BOUNDS,
): Promise<BoundedAnswer> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { ...request, redirect: 'manual', signal });
    return { status: response.status, headers: response.headers, body: await bytesOf(response, maxBytes) };
  } catch (error) {
    throw failureOfNetwork(provider, error);
  }
}

/**
 * As `exchange`, and the JSON of a success; null where there is none in it (204).
 *
 * @throws HttpRefusal any other status
 * @throws DeliveryFailure `<provider> garbage` what is no JSON, or larger than it may be
 */
export async function askJson(provider: string, url: string | URL, request: RequestInit): Promise<unknown> {
  return jsonOf(provider, accepted(provider, await exchange(provider, url, request)));
}

/** @throws HttpRefusal for what is no success */
export function accepted(provider: string, answer: BoundedAnswer): BoundedAnswer {
  if (answer.status < 200 || answer.status > 299) throw refusalOf(provider, answer);
  return answer;
}

/** What a status means that is no success: 408, 429 and faults of a server pass, all others stay. */
export function refusalOf(provider: string, { status, headers }: Omit<BoundedAnswer, 'body'>): HttpRefusal {
  const isFinal = !LATER.has(status) && status < 500;
  return new HttpRefusal(status, `${provider} http_${status}`, isFinal, retryAfterMsOf(headers));
}

/** The JSON of an answer; null for an empty one. @throws DeliveryFailure for what is none */
export function jsonOf(provider: string, { body }: Pick<BoundedAnswer, 'body'>): unknown {
  if (body?.length === 0) return null;
  try {
    return JSON.parse(body?.toString('utf8') ?? '') as unknown;
  } catch {
    throw new DeliveryFailure(`${provider} garbage`, false);
  }
}

/** How long a provider asks to be left alone, in seconds or until a moment of its own clock. */
export function retryAfterMsOf(headers: Headers): number | null {
  return waitAskedMs(headers.get('retry-after'), headers.get('date'));
}

/** The same of the two headers themselves. */
export function waitAskedMs(retryAfter: string | null, date: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const waitMs = Date.parse(retryAfter) - Date.parse(date ?? '');
  return Number.isFinite(waitMs) && waitMs >= 0 ? waitMs : null;
}

/** What a network tells of itself. A message of an error would quote addresses. */
export function failureOfNetwork(provider: string, error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  const { name, cause } = recordOf(error);
  if (name === 'TimeoutError' || name === 'AbortError') return new DeliveryFailure(`${provider} timeout`, false);
  const { code } = recordOf(cause);
  const isCode = typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code);
  return new DeliveryFailure(isCode ? code : `${provider} answer`, false);
}

async function bytesOf(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the download.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
