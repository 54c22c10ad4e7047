import { CATALOGUE } from 'src/modules/notification/catalogue';
import type { NotificationKind } from 'src/modules/notification/notification.types';
import { TABLE } from 'test/architecture/notification-table';
import { expectStatus } from 'test/support/coaching';
import { StravaServer } from 'test/support/strava-server';
import { type SandboxMessage, startTestApp, type TestApp } from 'test/support/test-app';
import { ACCOUNT_STORIES } from './stories/account-stories';
import { BOOKING_STORIES } from './stories/booking-stories';
import { CLOSURE_STORIES } from './stories/closure-stories';
import { DISCOVERY_STORIES } from './stories/discovery-stories';
import { INTEGRATION_STORIES } from './stories/integration-stories';
import { OUTCOME_STORIES } from './stories/outcome-stories';
import { PAYMENT_STORIES } from './stories/payment-stories';
import { PROGRAM_STORIES } from './stories/program-stories';
import { PROGRESSION_STORIES } from './stories/progression-stories';
import { type Message, READERS, Stage, type Story, type Who } from './stories/stage';
import { TRAINING_STORIES } from './stories/training-stories';
import { WAITLIST_STORIES } from './stories/waitlist-stories';
import { plain, wordingOf } from './stories/wording';

interface Told {
  id: string;
  type: string;
  title: string;
  body: string;
  data: Record<string, string>;
}

const CHAPTERS: Record<string, readonly Story[]> = {
  bookings: BOOKING_STORIES,
  'how sessions end': OUTCOME_STORIES,
  'first sessions': DISCOVERY_STORIES,
  queues: WAITLIST_STORIES,
  money: PAYMENT_STORIES,
  training: TRAINING_STORIES,
  plans: PROGRAM_STORIES,
  'how targets move': PROGRESSION_STORIES,
  'people and their accounts': ACCOUNT_STORIES,
  'people who leave': CLOSURE_STORIES,
  'accounts elsewhere': INTEGRATION_STORIES,
};

/** What the stories have brought about so far, as `type` and `type variant`. */
const seen = new Set<string>();

/** `push` and `mail`, by the table of the rules. */
function channelsOf({ type, to }: Message): string[] {
  const channels = TABLE.get(type)?.channels ?? [];
  return channels.flatMap((channel) => {
    const [name = '', only] = channel.split(':');
    return only && only !== to ? [] : [name];
  });
}

function departuresOf(message: Message): string[] {
  const { title } = wordingOf(message);
  return channelsOf(message).map((channel) => `${message.to} ${channel} ${channel === 'push' ? message.type : title}`);
}

describe('every message of the catalogue', () => {
  let app: TestApp;
  let strava: StravaServer;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  /** Everything that left for the people of the stage. What others are told is another story. */
  const leftFor = async (stage: Stage): Promise<[who: Who, message: SandboxMessage][]> => {
    const names = new Map(Object.entries(stage.people).map(([who, { id }]) => [id, who as Who]));
    return (await app.messages()).flatMap((message): [Who, SandboxMessage][] => {
      const who = names.get(message.user_id ?? '');
      return who ? [[who, message]] : [];
    });
  };
  const departureOf = ([who, { channel, data, subject }]: [Who, SandboxMessage]): string =>
    channel === 'push' ? `${who} push ${data?.['type'] ?? ''}` : `${who} mail ${subject ?? ''}`;

  const expectSaid = (message: Message, left: [Who, SandboxMessage][]): void => {
    const { title, body } = wordingOf(message);
    const [push] = left.filter(([who, { data }]) => who === message.to && data?.['type'] === message.type);
    if (push) {
      expect(push[1].title).toBe(title);
      expect(plain(push[1].body)).toMatch(body);
    }
    // Two of one type have one title.
    const mails = left.filter(([who, { subject }]) => who === message.to && subject === title);
    if (mails.length === 0) return;
    const letters = mails.map(([, mail]) => plain(mail.body).split('\n\n'));
    for (const [greeting] of letters) expect(greeting).toContain(READERS[message.to].firstName);
    expect(letters.flat().filter((paragraph) => body.test(paragraph))).toHaveLength(1);
  };
  const expectInbox = async (stage: Stage, message: Message): Promise<void> => {
    const { title, body } = wordingOf(message);
    const page = await expectStatus<{ items: Told[] }>(stage.people[message.to].http.get('/notifications'), 200);
    const alike = page.items.filter(
      ({ type, data }) => type === message.type && Object.entries(message.data).every(([key, id]) => data[key] === id),
    );
    const told = alike.find((one) => body.test(plain(one.body))) ?? alike[0];
    expect(told?.title).toBe(title);
    expect(plain(told?.body ?? '')).toMatch(body);
    const { deep_link: link = '', ...data } = told?.data ?? {};
    expect(data).toEqual({ type: message.type, ...message.data });
    expect(Object.keys(message.data).sort()).toEqual([...(TABLE.get(message.type)?.data ?? [])].sort());
    expect(link).toMatch(/^mycoach:\/\/[a-z][^{}]*$/);
  };

  describe.each(Object.entries(CHAPTERS))('about %s', (_, stories) => {
    it.each(stories)('leaves when %s', async (_title, tell) => {
      const stage = await Stage.set(app, strava);
      const messages = await tell(stage);
      const left = await leftFor(stage);
      expect(left.map(departureOf).sort()).toEqual(messages.flatMap(departuresOf).sort());
      for (const message of messages) {
        expectSaid(message, left);
        await expectInbox(stage, message);
        seen.add(message.type).add(`${message.type} ${message.variant ?? ''}`.trim());
      }
    });
  });

  it('has been seen above, in each of its forms', () => {
    const forms = Object.entries<NotificationKind>(CATALOGUE).flatMap(([type, { variants }]) => [
      type,
      ...variants.map((variant) => `${type} ${variant}`),
    ]);
    expect([...seen].sort()).toEqual(forms.sort());
  });
});
