import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { SystemClock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { AppConfig } from 'src/config/app-config';

const GOOGLE = 'https://www.googleapis.com/oauth2/v1/certs';
const TIMEOUT_MS = 3_000;
const MAX_BYTES = 65_536;
const MAX_AGE_MS = DAY_MS;

/** Keys by their id, as PEM. */
export type Certificates = Record<string, string>;

/** The keys that Google signs with: fetched when needed, kept as long as the key server allows. */
@Injectable()
export class GoogleCertificates {
  private readonly logger = new Logger(GoogleCertificates.name);
  private readonly realTime = new SystemClock();
  private kept: { certificates: Certificates; untilMs: number } | null = null;
  private fetching: Promise<Certificates> | null = null;

  constructor(private readonly config: AppConfig) {}

  /** @throws ServiceUnavailable when the key server cannot be asked */
  async current(): Promise<Certificates> {
    if (this.kept && this.realTime.nowMs() < this.kept.untilMs) return this.kept.certificates;
    this.fetching ??= this.fetch().finally(() => (this.fetching = null));
    return this.fetching;
  }

  private async fetch(): Promise<Certificates> {
    try {
      const response = await fetch(this.config.googleCertsUrl ?? GOOGLE, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`The key server answered ${response.status}`);
      const certificates = parseCertificates(await limitedText(response));
      this.kept = { certificates, untilMs: this.realTime.nowMs() + maxAgeMs(response.headers.get('cache-control')) };
      return certificates;
    } catch (error) {
      this.logger.warn({ err: error }, "Google's keys could not be fetched");
      throw new ServiceUnavailable({ cause: error });
    }
  }
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = response.body as AsyncIterable<Uint8Array> | null;
  if (!body) return '';
  // Leaving the loop early ends the download.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error('The key server sent more than keys');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Both forms that Google publishes: `{ id: PEM }`, and a JSON Web Key Set. */
export function parseCertificates(text: string): Certificates {
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null) throw new Error('The key server sent no keys');
  const { keys } = body as { keys?: unknown };
  const entries = Array.isArray(keys) ? keys.map(pemOf) : Object.entries(body as Record<string, unknown>);
  const certificates = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (certificates.length === 0) throw new Error('The key server sent no keys');
  return Object.fromEntries(certificates);
}

function pemOf(key: JsonWebKey & { kid?: string }): [string, unknown] {
  return [key.kid ?? '', createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' })];
}

function maxAgeMs(cacheControl: string | null): number {
  const seconds = Number(/max-age=(\d{1,9})/.exec(cacheControl ?? '')?.[1] ?? 0);
  return Math.min(seconds * 1_000, MAX_AGE_MS);
}
