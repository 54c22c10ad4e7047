import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { MINUTE_MS } from 'src/common/clock/durations';
import { Metrics } from 'src/common/metrics/metrics';
import { askJson, HttpRefusal } from 'src/common/outbound/bounded-http';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { ProviderTurnRepository } from 'src/common/outbound/provider-turn.repository';
import { AppConfig } from 'src/config/app-config';
import { AccessRefused } from 'src/modules/integration/provider.types';
import { type Envelope, envelopeOf, verdictOn } from './withings-envelope.rules';
import { MEASURE_TYPES, type MeasuresPage, measuresPageOf } from './withings-measures.rules';
import { signatureOf } from './withings-signature.rules';

export const WITHINGS_API = 'https://wbsapi.withings.net';

const PROVIDER = 'withings';
/** News about weights. */
const WEIGHT_NEWS = '1';
/** What it asks for by status 601 is a minute's rest. */
const REST_MS = MINUTE_MS;

/** Who asks: a person who waits for the answer, or a job that may come back for its turn. */
export interface Asker {
  isWaitedFor: boolean;
  /** The same for every attempt of one job. */
  reference: string;
}

/** What may be asked without an own turn is half of what Withings allows: tokens and revocations have none. */
const SHARE_OF_A_LINE = 1 / 4;
const LINES = {
  job: { name: 'withings', patienceMs: 1_000, saved: 0 },
  /** Whoever waits finds some turns saved up. */
  person: { name: 'withings waited for', patienceMs: 5_000, saved: 20 },
} as const;

/**
 * The API of Withings, at the pace that it allows all processes together. Bounded and checked; outside any transaction.
 *
 * @throws AccessRefused where the token opens nothing
 * @throws DeliveryFailure, ProviderPaused
 */
@Injectable()
export class WithingsApi {
  private readonly base: string;
  private readonly apartMs: number;
  private readonly guard: ProviderGuard;

  constructor(
    private readonly config: AppConfig,
    private readonly turns: ProviderTurnRepository,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.base = config.withings?.baseUrl ?? WITHINGS_API;
    this.apartMs = MINUTE_MS / ((config.withings?.callsPerMinute ?? 1) * SHARE_OF_A_LINE);
    this.guard = new ProviderGuard(PROVIDER, metrics);
  }

  /**
   * A part of what a scale has measured or changed.
   *
   * @param since seconds since 1970, by the clock of Withings; 0 = everything
   */
  async measures(
    accessToken: string,
    { since, offset }: { since: number; offset: number },
    asker: Asker,
  ): Promise<MeasuresPage> {
    const fields = {
      action: 'getmeas',
      meastypes: MEASURE_TYPES.join(','),
      category: '1',
      lastupdate: String(since),
      ...(offset > 0 && { offset: String(offset) }),
    };
    const body = await this.inTurn(asker, () => this.ask('/measure', fields, accessToken));
    const page = measuresPageOf(body, offset);
    if (!page) throw garbage();
    return page;
  }

  /** From now on Withings calls this address when a scale has measured. Asking again changes nothing. */
  async subscribe(accessToken: string, callbackUrl: string, asker: Asker): Promise<void> {
    const fields = { action: 'subscribe', callbackurl: callbackUrl, appli: WEIGHT_NEWS };
    await this.inTurn(asker, () => this.ask('/notify', fields, accessToken));
  }

  async unsubscribe(accessToken: string, callbackUrl: string): Promise<void> {
    await this.ask('/notify', { action: 'revoke', callbackurl: callbackUrl, appli: WEIGHT_NEWS }, accessToken);
  }

  /** Ends what a person has allowed: a call of the application itself, which it signs with a number used once. */
  async revoke(externalId: string): Promise<void> {
    const timestamp = String(Math.floor(this.clock.nowMs() / 1_000));
    const { nonce } = await this.ask('/v2/signature', this.signed({ action: 'getnonce', timestamp }));
    if (typeof nonce !== 'string') throw garbage();
    await this.ask('/v2/oauth2', { ...this.signed({ action: 'revoke', nonce }), userid: externalId });
  }

  private signed(fields: Readonly<Record<string, string>>): Record<string, string> {
    const { clientId = '', clientSecret = '' } = this.config.withings ?? {};
    const all = { ...fields, client_id: clientId };
    return { ...all, signature: signatureOf(all, clientSecret) };
  }

  /** The pace stands before the guard: to wait for one's turn is no fault of the provider. */
  private async inTurn<T>({ isWaitedFor, reference }: Asker, ask: () => Promise<T>): Promise<T> {
    const { name, patienceMs, saved } = isWaitedFor ? LINES.person : LINES.job;
    const waitMs = await this.turns.take(name, reference, this.apartMs, patienceMs, saved * this.apartMs);
    if (waitMs > patienceMs) throw new ProviderPaused(waitMs - patienceMs, { isAppointed: !isWaitedFor });
    if (waitMs > 0) await pause(waitMs);
    return this.guard.run(reference, ask);
  }

  private async ask(
    path: string,
    fields: Readonly<Record<string, string>>,
    accessToken?: string,
  ): Promise<Envelope['body']> {
    const headers = new Headers(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` });
    const request = { method: 'POST', headers, body: new URLSearchParams(fields) };
    const envelope = envelopeOf(await askJson(PROVIDER, `${this.base}${path}`, request).catch(refusedAs(accessToken)));
    if (!envelope) throw garbage();
    const verdict = verdictOn(envelope);
    if (verdict === 'done') return envelope.body;
    if (verdict === 'access_refused' && accessToken !== undefined) throw new AccessRefused();
    throw failureOf(envelope);
  }
}

/** A proxy in front of it may say the same by HTTP. */
function refusedAs(accessToken: string | undefined): (error: unknown) => never {
  return (error) => {
    throw error instanceof HttpRefusal && error.status === 401 && accessToken !== undefined
      ? new AccessRefused()
      : error;
  };
}

/** By its number alone: its words may quote tokens. */
export function failureOf(envelope: Envelope): DeliveryFailure {
  const verdict = verdictOn(envelope);
  const isFinal = verdict === 'invalid' || verdict === 'access_refused';
  return new DeliveryFailure(`withings ${envelope.status}`, isFinal, verdict === 'too_many' ? REST_MS : null);
}

function garbage(): DeliveryFailure {
  return new DeliveryFailure('withings garbage', false);
}
