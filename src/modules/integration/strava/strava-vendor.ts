import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { recordOf } from 'src/common/json/record';
import { accepted, exchange, HttpRefusal } from 'src/common/outbound/bounded-http';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { AppConfig } from 'src/config/app-config';
import type { StravaSettings } from 'src/config/provider-settings';
import { OAuthClient, type OAuthEndpoints, type TokenAnswer } from 'src/modules/integration/connections/oauth-client';
import { OAuthVendors } from 'src/modules/integration/connections/oauth-vendors';
import { type Grant, GrantRefused, GrantRenewed } from 'src/modules/integration/provider.types';
import { idOf } from './strava-answer.rules';
import { STRAVA_HOST } from './strava-client';

/** From June 2027 on the API has a host of its own, where access is given back at another address. */
const NEW_HOST = 'www.api-v3.strava.com';
/** What Strava names when it refuses a code or a token, in place of the words of RFC 6749. */
const GRANTS = new Set(['AuthorizationCode', 'RefreshToken']);

/** Strava's side of OAuth: scopes with commas, no PKCE, refusals and revocation in its own words. */
@Injectable()
export class StravaVendor extends OAuthClient {
  readonly provider = 'strava';
  readonly requiredScopes = ['read', 'activity:write', 'activity:read_all'];
  readonly knowsPkce = false;
  protected readonly settings: StravaSettings | null;
  protected readonly endpoints: OAuthEndpoints;
  protected override readonly scopeSeparator = ',';
  protected override readonly authorizeExtras = { approval_prompt: 'auto' };
  private readonly deauthorize: string;

  constructor({ strava }: AppConfig, vendors: OAuthVendors, clock: Clock) {
    super(vendors, clock);
    this.settings = strava;
    const host = strava?.baseUrl ?? STRAVA_HOST;
    this.endpoints = { authorize: `${host}/oauth/authorize`, token: `${host}/oauth/token`, revoke: null };
    this.deauthorize = `${host}/oauth/${new URL(host).host === NEW_HOST ? 'revoke' : 'deauthorize'}`;
  }

  /** Strava takes an access token alone, and one that has expired ends nothing. */
  override async revoke(tokens: { accessToken: string; refreshToken: string }): Promise<void> {
    if (await this.isGivenBack(tokens.accessToken)) return;
    let grant: Grant;
    try {
      grant = await this.refresh(tokens.refreshToken);
    } catch (error) {
      // It is over already.
      if (error instanceof GrantRefused) return;
      throw error;
    }
    const { accessToken, refreshToken } = grant;
    try {
      await this.isGivenBack(accessToken);
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error;
      throw new GrantRenewed({ accessToken, refreshToken: refreshToken ?? tokens.refreshToken }, { cause: error });
    }
  }

  protected override inStandardWords({ status, body }: TokenAnswer): TokenAnswer {
    if (status < 400) return { status, body };
    const { errors } = recordOf(body);
    const named = Array.isArray(errors) ? errors.map((error) => String(recordOf(error)['resource'])) : [];
    const error = named.some((resource) => GRANTS.has(resource)) ? 'invalid_grant' : 'invalid_client';
    return { status: 400, body: { error } };
  }

  protected override externalIdOf(body: Readonly<Record<string, unknown>>): string | null {
    return idOf(recordOf(body['athlete'])['id']);
  }

  /** The redirect says what stayed ticked, and a refresh says nothing of it. */
  protected override scopeOf(_body: Readonly<Record<string, unknown>>, query: URLSearchParams | null): string | null {
    return query && (query.get('scope') ?? '').split(/[ ,]+/).filter(Boolean).join(' ');
  }

  /** @returns false when Strava does not know the token */
  private async isGivenBack(accessToken: string): Promise<boolean> {
    const headers = { Authorization: `Bearer ${accessToken}` };
    try {
      accepted(this.provider, await exchange(this.provider, this.deauthorize, { method: 'POST', headers }));
      return true;
    } catch (error) {
      if (error instanceof HttpRefusal && error.isFinal) return error.status !== 401;
      throw error;
    }
  }
}
