import type { ServerResponse } from 'node:http';
import type { Test } from 'supertest';
import { answerJson } from './provider-faults';
import type { GrantError, ProviderGrant } from './provider-grants';
import { ProviderServer, type ProviderRequest } from './provider-server';
import type { HttpClient } from './test-app';

export const SUBSCRIPTION_ID = '120475';
const VERIFY_TOKEN = 'the-word-that-strava-repeats';

/** An activity as Strava hands it out. */
export interface WireActivity {
  id: number;
  athlete: { id: number };
  name: string;
  sport_type: string;
  start_date: string;
  start_date_local: string;
  elapsed_time: number;
  moving_time: number;
  description?: string;
  [field: string]: unknown;
}

interface StravaEvent {
  object_type: 'activity' | 'athlete';
  object_id: number;
  aspect_type: string;
  updates: Record<string, unknown>;
  owner_id: number;
  subscription_id: number;
  event_time: number;
}

/** Strava on this machine: athletes, their activities, its limits, and what it tells of them. */
export class StravaServer extends ProviderServer {
  readonly provider = 'strava';
  /** Of all athletes, in the order they were made. */
  readonly activities: WireActivity[] = [];
  /** What every answer of the API says of its limits; empty = nothing. */
  limits: Record<string, string> = {};
  protected readonly paths = { authorize: '/oauth/authorize', token: '/oauth/token', revoke: null };
  protected override readonly scopeSeparator = ',';
  protected override readonly accessLifeSeconds = 21_600;
  private lastId = 15_000_000_000;
  private lastTime = 1_772_440_000;

  get variables(): Record<string, string> {
    return {
      STRAVA_CLIENT_ID: this.clientId,
      STRAVA_CLIENT_SECRET: this.clientSecret,
      STRAVA_BASE_URL: this.url,
      STRAVA_SUBSCRIPTION_ID: SUBSCRIPTION_ID,
      STRAVA_VERIFY_TOKEN: VERIFY_TOKEN,
    };
  }

  override forget(): void {
    super.forget();
    this.activities.length = 0;
    this.limits = {};
  }

  /** Somebody records an activity with his watch. */
  record(account: string, startDate: string, more: Partial<WireActivity> = {}): WireActivity {
    const activity: WireActivity = {
      id: (this.lastId += 1),
      athlete: { id: Number(account) },
      name: 'Evening run',
      sport_type: 'Run',
      start_date: startDate,
      start_date_local: startDate,
      elapsed_time: 3_000,
      moving_time: 2_700,
      ...more,
    };
    this.activities.push(activity);
    return activity;
  }

  remove({ id }: Pick<WireActivity, 'id'>): void {
    const place = this.activities.findIndex((activity) => activity.id === id);
    if (place >= 0) this.activities.splice(place, 1);
  }

  /** What it tells when something becomes of an activity; each call a new event. */
  eventOf({ id, athlete }: WireActivity, aspect: string, updates: Record<string, unknown> = {}): StravaEvent {
    return this.event({ object_type: 'activity', object_id: id, aspect_type: aspect, updates, owner_id: athlete.id });
  }

  /** What it tells when an athlete takes the access back. */
  goneEvent(account: string): StravaEvent {
    const id = Number(account);
    const updates = { authorized: 'false' };
    return this.event({ object_type: 'athlete', object_id: id, aspect_type: 'update', updates, owner_id: id });
  }

  /** Whether an address is ours: it asks there as it does before it tells anything. */
  ask(http: HttpClient, verifyToken = VERIFY_TOKEN, mode = 'subscribe'): Test {
    const query = {
      'hub.mode': mode,
      'hub.challenge': '15f7d1a91c1f40f8a748fd134752feb3',
      'hub.verify_token': verifyToken,
    };
    return http.get(`/webhooks/strava?${new URLSearchParams(query).toString()}`);
  }

  protected override redirectExtras(granted: readonly string[]): Record<string, string> {
    return { scope: granted.join(',') };
  }

  /** A refresh says neither whose it is nor what was granted. */
  protected override sendGrant(response: ServerResponse, grant: ProviderGrant, grantType: string): void {
    const { scope: _, ...body } = this.grantBody(grant);
    const athlete = { id: Number(grant.account), firstname: 'Camille' };
    answerJson(response, 200, grantType === 'authorization_code' ? { ...body, athlete } : body);
  }

  protected override sendGrantError(response: ServerResponse, error: GrantError): void {
    const resource = error === 'invalid_grant' ? 'RefreshToken' : 'Application';
    const field = error === 'invalid_grant' ? 'refresh_token' : 'client_id';
    answerJson(response, 400, { message: 'Bad Request', errors: [{ resource, field, code: 'invalid' }] });
  }

  protected override sendUnauthorized(response: ServerResponse): void {
    const errors = [{ resource: 'Athlete', field: 'access_token', code: 'invalid' }];
    answerJson(response, 401, { message: 'Authorization Error', errors }, this.limits);
  }

  protected serveApi(request: ProviderRequest, response: ServerResponse, grant: ProviderGrant): void {
    const { method, path } = request;
    const id = /^\/api\/v3\/activities\/(\d+)$/.exec(path)?.[1];
    if (method === 'POST' && path === '/oauth/deauthorize') {
      this.grants.revoke(grant.accessToken);
      answerJson(response, 200, { access_token: grant.accessToken });
    } else if (method === 'POST' && path === '/api/v3/activities') this.create(request, response, grant);
    else if (path === '/api/v3/athlete') answerJson(response, 200, { id: Number(grant.account) }, this.limits);
    else if (path === '/api/v3/athlete/activities') this.list(request, response, grant);
    else if (id) this.show(Number(id), response, grant);
    else answerJson(response, 404, { message: 'Record Not Found' });
  }

  /** The wall clock counts; the athletes of the tests live in Paris in winter. */
  private create({ body }: ProviderRequest, response: ServerResponse, { account, scopes }: ProviderGrant): void {
    const told = JSON.parse(body) as WireActivity;
    const isGood = told.name && told.start_date_local && told.elapsed_time > 0;
    if (!scopes.includes('activity:write') || !isGood) {
      answerJson(response, isGood ? 401 : 400, { message: 'Bad Request' }, this.limits);
      return;
    }
    const local = `${told.start_date_local.slice(0, 19)}Z`;
    const start = new Date(Date.parse(local) - 3_600_000).toISOString().replace('.000', '');
    const made = this.record(account, start, { ...told, start_date_local: local, moving_time: told.elapsed_time });
    answerJson(response, 201, made, this.limits);
  }

  /** Latest first, or from a moment on the earliest first. */
  private list({ query }: ProviderRequest, response: ServerResponse, { account }: ProviderGrant): void {
    const seconds = ({ start_date }: WireActivity): number => Date.parse(start_date) / 1_000;
    const [after, before] = [query.get('after'), query.get('before')];
    const perPage = Math.min(Number(query.get('per_page') ?? 30), 200);
    const from = (Number(query.get('page') ?? 1) - 1) * perPage;
    const own = this.activities
      .filter(({ athlete }) => athlete.id === Number(account))
      .filter((activity) => after === null || seconds(activity) > Number(after))
      .filter((activity) => before === null || seconds(activity) < Number(before))
      .sort((one, other) => (seconds(other) - seconds(one)) * (after === null ? 1 : -1));
    answerJson(response, 200, own.slice(from, from + perPage), this.limits);
  }

  private show(id: number, response: ServerResponse, { account }: ProviderGrant): void {
    const activity = this.activities.find((one) => one.id === id);
    const isShown = activity && (activity['private'] !== true || activity.athlete.id === Number(account));
    if (isShown) answerJson(response, 200, activity, this.limits);
    else answerJson(response, 404, { message: 'Record Not Found' }, this.limits);
  }

  private event(told: Omit<StravaEvent, 'subscription_id' | 'event_time'>): StravaEvent {
    return { ...told, subscription_id: Number(SUBSCRIPTION_ID), event_time: (this.lastTime += 1) };
  }
}
