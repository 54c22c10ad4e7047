import { randomBytes } from 'node:crypto';
import { comeBack, setOut } from 'test/integration/connecting';
import { train } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import type { ProviderServer } from 'test/support/provider-server';
import type { TestPerson } from 'test/support/test-app';
import { WITHINGS_SECRET } from 'test/support/withings-server';
import type { Cue, Scene, Stage } from 'test/fuzz/stage';

type Vendor = 'strava' | 'calendar' | 'scale';

/** The provider sends the browser of somebody back. */
async function allowed(stage: Stage, route: Vendor, person: TestPerson): Promise<{ back: URL; account: string }> {
  const { url } = await setOut(person, { route });
  const account = stage.neighbours.anAccount();
  const server: ProviderServer = stage.neighbours[route];
  return { back: await server.decide(url, { account }), account };
}

/** @returns the account of somebody at the provider */
async function connected(stage: Stage, route: Vendor, person: TestPerson): Promise<string> {
  const { back, account } = await allowed(stage, route, person);
  await expectStatus(comeBack(stage.app, back), 200);
  return account;
}

const back =
  (route: Vendor): Scene =>
  async (stage) => {
    const { searchParams } = (await allowed(stage, route, await stage.guest())).back;
    return { actor: 'nobody', query: { error: undefined, iss: undefined, ...Object.fromEntries(searchParams) } };
  };

const withA =
  (route: Vendor, path: Record<string, string> = {}): Scene =>
  async (stage) => {
    await connected(stage, route, await stage.guest());
    return { actor: 'guest', path };
  };

async function ofStrava(stage: Stage): Promise<Cue> {
  const { strava } = stage.neighbours;
  const account = await connected(stage, 'strava', await stage.guest());
  const activity = strava.record(account, new Date(stage.now).toISOString());
  return { actor: 'nobody', body: { ...strava.eventOf(activity, 'create') } };
}

async function ofTheScale(stage: Stage): Promise<Cue> {
  const { scale } = stage.neighbours;
  const account = await connected(stage, 'scale', await stage.guest());
  const group = scale.weigh(account, new Date(stage.now).toISOString(), { kg: 80 });
  return { actor: 'nobody', path: { secret: WITHINGS_SECRET }, body: scale.newsOf(account, group) };
}

const anSms = (): Record<string, string> => ({ MessageSid: `SM${randomBytes(16).toString('hex')}` });

/** Accounts elsewhere, and what those elsewhere report. Those who sign do so in `seals.ts`. */
export const OF_CONNECTIONS: Readonly<Record<string, Scene>> = {
  'get /integrations/strava/callback': back('strava'),
  'get /integrations/calendar/callback': back('calendar'),
  'get /integrations/scale/callback': back('scale'),
  'delete /integrations/disconnect/{provider}': withA('strava', { provider: 'strava' }),
  'post /integrations/calendar/sync/{booking_id}': async (stage) => {
    const { id } = await stage.session();
    await connected(stage, 'calendar', stage.people.person('guest'));
    return { actor: 'guest', path: { booking_id: id } };
  },
  'post /integrations/calendar/sync-all': withA('calendar'),
  'get /integrations/scale/import': withA('scale'),
  'get /integrations/strava/import': withA('strava'),
  'post /integrations/strava/push/{session_id}': async (stage) => {
    const guest = await stage.guest();
    const { id } = await train(guest, new Date(stage.now).toISOString(), []);
    await connected(stage, 'strava', guest);
    return { actor: 'guest', path: { session_id: id } };
  },
  'get /webhooks/strava': ({ neighbours }) =>
    Promise.resolve({
      actor: 'nobody',
      query: { 'hub.mode': 'subscribe', 'hub.verify_token': neighbours.strava.variables['STRAVA_VERIFY_TOKEN'] },
    }),
  'post /webhooks/strava': ofStrava,
  'head /webhooks/withings/{secret}': () => Promise.resolve({ actor: 'nobody', path: { secret: WITHINGS_SECRET } }),
  'post /webhooks/withings/{secret}': ofTheScale,
  'post /webhooks/twilio/status': () =>
    Promise.resolve({ actor: 'nobody', body: { ...anSms(), MessageStatus: 'delivered' } }),
  'post /webhooks/twilio/inbound': () =>
    Promise.resolve({ actor: 'nobody', body: { ...anSms(), From: '+33612345678' } }),
  'post /webhooks/videos': () =>
    Promise.resolve({ actor: 'nobody', body: { type: 'video.finished', data: { id: 'job_1' } } }),
};
