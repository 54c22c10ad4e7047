import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { AppConfig } from 'src/config/app-config';
import type { OAuthSettings } from 'src/config/provider-settings';
import { OAuthClient, type OAuthEndpoints, type TokenAnswer } from 'src/modules/integration/connections/oauth-client';
import { OAuthVendors } from 'src/modules/integration/connections/oauth-vendors';
import { AccessRefused } from 'src/modules/integration/provider.types';
import { failureOf, WITHINGS_API, WithingsApi } from './withings-api';
import { envelopeOf, verdictOnGrant } from './withings-envelope.rules';
import { WithingsNews } from './withings-news.service';

const WITHINGS_ACCOUNTS = 'https://account.withings.com';

/** The way to somebody's scale at Withings: OAuth in an envelope of its own, whose HTTP status is always 200. */
@Injectable()
export class WithingsOAuth extends OAuthClient {
  readonly provider = 'withings';
  readonly requiredScopes = ['user.metrics'];
  readonly knowsPkce = false;
  protected readonly settings: OAuthSettings | null;
  protected readonly endpoints: OAuthEndpoints;
  protected override readonly scopeSeparator = ',';
  protected override readonly tokenExtras = { action: 'requesttoken' };

  constructor(
    { withings }: AppConfig,
    vendors: OAuthVendors,
    clock: Clock,
    private readonly api: WithingsApi,
    private readonly news: WithingsNews,
  ) {
    super(vendors, clock);
    this.settings = withings;
    this.endpoints = {
      authorize: `${withings?.baseUrl ?? WITHINGS_ACCOUNTS}/oauth2_user/authorize2`,
      token: `${withings?.baseUrl ?? WITHINGS_API}/v2/oauth2`,
      revoke: null,
    };
  }

  /** News first, because that takes the token. Calls that go on are of nobody, so they keep nothing from being ended. */
  override async revoke(tokens: { accessToken: string; externalId: string | null }): Promise<void> {
    for (const url of this.news.callbackUrls) await this.api.unsubscribe(tokens.accessToken, url).catch(unlessOurs);
    if (tokens.externalId !== null) await this.api.revoke(tokens.externalId).catch(unlessItHelps);
  }

  protected override inStandardWords({ status, body }: TokenAnswer): TokenAnswer {
    if (status !== 200) return { status, body };
    const envelope = envelopeOf(body);
    if (!envelope) throw new DeliveryFailure('withings garbage', false);
    const verdict = verdictOnGrant(envelope);
    if (verdict === 'done') return { status, body: envelope.body };
    if (verdict === 'grant_refused') return { status: 400, body: { error: 'invalid_grant' } };
    throw failureOf(envelope);
  }

  protected override externalIdOf({ userid }: Readonly<Record<string, unknown>>): string | null {
    const id = typeof userid === 'number' && Number.isSafeInteger(userid) ? String(userid) : userid;
    return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : null;
  }
}

function unlessOurs(error: unknown): void {
  if (!(error instanceof DeliveryFailure || error instanceof AccessRefused)) throw error;
}

/** What is refused for good is over already. */
function unlessItHelps(error: unknown): void {
  if (!(error instanceof DeliveryFailure && error.isFinal)) throw error;
}
