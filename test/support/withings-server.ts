import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Test } from 'supertest';
import { signatureOf } from 'src/modules/integration/withings/withings-signature.rules';
import { answerJson } from './provider-faults';
import type { GrantError, ProviderGrant } from './provider-grants';
import { type ProviderRequest, ProviderServer } from './provider-server';
import type { HttpClient } from './test-app';

export const WITHINGS_SECRET = 'the-secret-in-the-address';
export const WITHINGS_WEBHOOK = `/webhooks/withings/${WITHINGS_SECRET}`;

/** What was measured at one moment, as Withings writes it. */
export interface MeasureGroup {
  grpid: number;
  attrib: number;
  /** Seconds since 1970. */
  date: number;
  created: number;
  modified: number;
  category: number;
  measures: unknown[];
  [field: string]: unknown;
}

/** Kilograms, and what else a scale tells: percent of fat, kilograms of the other parts. */
interface Weighed {
  kg: number;
  fatPct?: number;
  muscleKg?: number;
  waterKg?: number;
  boneKg?: number;
}

export const secondsOf = (at: string): number => Math.floor(Date.parse(at) / 1_000);

/** Withings on this machine: everything is answered with 200, and how it went stands in the envelope. */
export class WithingsServer extends ProviderServer {
  readonly provider = 'withings';
  /** What each account has measured. */
  readonly groups = new Map<string, unknown[]>();
  /** Addresses that want to be called, by account. */
  readonly subscriptions = new Map<string, Set<string>>();
  /** How many groups an answer holds. */
  pageSize = 100;
  /** What it says that its own clock shows, in seconds; null = the real time. */
  now: number | null = null;
  override defaultAccount = '4711';
  protected readonly paths = { authorize: '/oauth2_user/authorize2', token: '/v2/oauth2', revoke: null };
  protected override readonly scopeSeparator = ',';
  protected override readonly accessLifeSeconds = 10_800;
  private readonly nonces = new Set<string>();
  private lastGroup = 4_700_000;

  get variables(): Record<string, string> {
    return {
      WITHINGS_CLIENT_ID: this.clientId,
      WITHINGS_CLIENT_SECRET: this.clientSecret,
      WITHINGS_BASE_URL: this.url,
      WITHINGS_WEBHOOK_SECRET: WITHINGS_SECRET,
      WITHINGS_CALLS_PER_MINUTE: '100000',
    };
  }

  override forget(): void {
    super.forget();
    this.groups.clear();
    this.subscriptions.clear();
    this.nonces.clear();
    this.pageSize = 100;
    this.now = null;
  }

  /** Somebody steps on his scale. */
  weigh(
    account: string,
    at: string,
    { kg, fatPct, muscleKg, waterKg, boneKg }: Weighed,
    more: object = {},
  ): MeasureGroup {
    const parts = [
      { type: 1, value: Math.round(kg * 1_000), unit: -3 },
      ...(fatPct === undefined ? [] : [{ type: 6, value: Math.round(fatPct * 1_000), unit: -3 }]),
      ...(muscleKg === undefined ? [] : [{ type: 76, value: Math.round(muscleKg * 100), unit: -2 }]),
      ...(waterKg === undefined ? [] : [{ type: 77, value: Math.round(waterKg * 100), unit: -2 }]),
      ...(boneKg === undefined ? [] : [{ type: 88, value: Math.round(boneKg * 100), unit: -2 }]),
    ];
    const date = secondsOf(at);
    const group = {
      grpid: (this.lastGroup += 1),
      attrib: 0,
      ...{ date, created: date + 20, modified: date + 20 },
      category: 1,
      measures: parts,
      ...more,
    };
    this.keep(account, group);
    return group;
  }

  /** What it has of an account, whatever that is. */
  keep(account: string, group: unknown): void {
    this.groups.set(account, [...(this.groups.get(account) ?? []), group]);
  }

  /** It calls, as it does when a scale has measured. */
  call(http: HttpClient, fields: Readonly<Record<string, string>>, path = WITHINGS_WEBHOOK): Test {
    return http.post(path).type('form').send(fields);
  }

  /** What it calls with about a group. */
  newsOf(account: string, { date }: MeasureGroup): Record<string, string> {
    return { userid: account, appli: '1', startdate: String(date), enddate: String(date + 1) };
  }

  /** One path does several things. */
  protected override keyOf({ path, form }: ProviderRequest): string {
    const action = form.get('action');
    return action === null ? path : `${path}/${action}`;
  }

  protected override isTokenRequest({ method, form }: ProviderRequest): boolean {
    return method === 'POST' && form.get('action') === 'requesttoken';
  }

  /** Whose it is comes as a number. */
  protected override sendGrant(response: ServerResponse, grant: ProviderGrant): void {
    done(response, { ...this.grantBody(grant), userid: Number(grant.account), csrf_token: 'x' });
  }

  protected override sendGrantError(response: ServerResponse, error: GrantError): void {
    const named = error === 'invalid_client' ? 'invalid client_secret' : 'invalid refresh_token';
    refuse(response, 503, `Invalid Params: ${named}`);
  }

  protected override sendUnauthorized(response: ServerResponse): void {
    refuse(response, 401, 'XRequestID: Not provided invalid_token: The access token provided is invalid');
  }

  /** Signed by the application: a number used once, and what it is used for. */
  protected override serveOpen({ path, form }: ProviderRequest, response: ServerResponse): boolean {
    const action = form.get('action');
    const isNonce = path === '/v2/signature' && action === 'getnonce';
    if (!isNonce && !(path === '/v2/oauth2' && action === 'revoke')) return false;
    const names = isNonce ? ['action', 'client_id', 'timestamp'] : ['action', 'client_id', 'nonce'];
    const signed = Object.fromEntries(names.map((name) => [name, form.get(name) ?? '']));
    const isGenuine = form.get('signature') === signatureOf(signed, this.clientSecret);
    const isFresh = isNonce || this.nonces.delete(form.get('nonce') ?? '');
    if (!isGenuine || !isFresh) refuse(response, 342, 'The signature is not good');
    else if (isNonce) {
      const nonce = randomBytes(20).toString('hex');
      this.nonces.add(nonce);
      done(response, { nonce });
    } else {
      this.grants.revokeAccount(form.get('userid') ?? '');
      done(response, {});
    }
    return true;
  }

  protected serveApi(request: ProviderRequest, response: ServerResponse, { account, scopes }: ProviderGrant): void {
    const key = this.keyOf(request);
    const { form } = request;
    const address = form.get('callbackurl') ?? '';
    const called = this.subscriptions.get(account) ?? new Set();
    if (!scopes.includes('user.metrics')) refuse(response, 277, 'Unauthorized');
    else if (key === '/measure/getmeas') this.show(account, form, response);
    else if (key === '/notify/subscribe' && form.get('appli') === '1') {
      this.subscriptions.set(account, called.add(address));
      done(response, {});
    } else if (key === '/notify/revoke') {
      if (called.delete(address)) done(response, {});
      else refuse(response, 294, 'No such subscription');
    } else refuse(response, 503, 'Invalid Params');
  }

  private show(account: string, form: URLSearchParams, response: ServerResponse): void {
    const since = Number(form.get('lastupdate'));
    const offset = Number(form.get('offset') ?? 0);
    const changed = (this.groups.get(account) ?? []).filter(
      (group) => !isGroup(group) || typeof group.modified !== 'number' || group.modified >= since,
    );
    const rest = changed.length - offset - this.pageSize;
    done(response, {
      updatetime: this.now ?? Math.floor(Date.now() / 1_000),
      timezone: 'Europe/Paris',
      measuregrps: changed.slice(offset, offset + this.pageSize),
      ...(rest > 0 ? { more: 1, offset: offset + this.pageSize } : { more: 0, offset: 0 }),
    });
  }
}

function isGroup(value: unknown): value is MeasureGroup {
  return typeof value === 'object' && value !== null;
}

function done(response: ServerResponse, body: object): void {
  answerJson(response, 200, { status: 0, body });
}

function refuse(response: ServerResponse, status: number, error: string): void {
  answerJson(response, 200, { status, body: {}, error });
}
