import { JobWorker } from 'src/common/jobs/job-worker';
import { registerProved } from 'test/auth/links';
import { anAdmin } from 'test/performance/machines';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { aClub } from 'test/support/clubs';
import { dealings, type Dealings } from './life-dealings';
import { coachSpace, ownLife } from './life-spaces';
import { training, type Training } from './life-training';
import { Planted } from './words';

/** Monday morning. */
const LIFE_BEGINS = '2026-03-02T06:00:00Z';

export interface LifePeople {
  coach: TestPerson;
  client: TestPerson;
  /** Another client of the coach, of whom neither export may tell more than the name. */
  other: TestPerson;
  admin: TestPerson;
}

/** Whose words were planted: of the coach, of the client, what the coach wrote about or to the client, of the other. */
export interface LifeWords {
  coach: Planted;
  client: Planted;
  between: Planted;
  other: Planted;
}

export interface FullLife extends LifePeople, Dealings, Training {
  words: LifeWords;
  gymId: string;
}

/**
 * A coach and a client who have used everything once, through HTTP: something of each stands in every table that holds
 * data of people, and every text that can be written is a word of its own. The clock stands at the end of it on Sunday,
 * 8 March 2026, at noon; the two still have a session on the 25th.
 */
export async function fullLife(app: TestApp): Promise<FullLife> {
  await app.setClock(LIFE_BEGINS);
  const words = { coach: new Planted(), client: new Planted(), between: new Planted(), other: new Planted() };
  const gymId = await aClub(app, { name: 'Full Life Club' });
  const people = {
    coach: await aPerson(app, words.coach, 'coach'),
    client: await aPerson(app, words.client, 'client'),
    other: await aPerson(app, words.other, 'client'),
    admin: await anAdmin(app),
  };
  await coachSpace(people, words, gymId);
  for (const part of ['coach', 'client'] as const) await ownLife(app, people[part], words[part], gymId);
  const dealt = await dealings(app, people, words, gymId);
  const trained = await training(app, people, words, gymId);
  // What waits to leave reaches the inboxes and the mailbox.
  await app.nest.get(JobWorker).settle();
  return { ...people, ...dealt, ...trained, words, gymId };
}

async function aPerson(app: TestApp, words: Planted, role: 'coach' | 'client'): Promise<TestPerson> {
  const person = await registerProved(app, {
    ...{ first_name: words.text('first_name'), last_name: words.text('last_name'), role },
    ...{ email: `${words.text('email').toLowerCase()}@example.com`, phone: words.phone('phone') },
    ...{ gender: 'female', birth_year: 1985, locale: 'en-GB', timezone: 'Europe/London', country: 'GB' },
    ...{ device_name: words.text('device_name'), accept_terms: true },
  });
  const login = { email: person.email, password: person.password, device_name: words.text('second_device_name') };
  await expectStatus(app.http.post('/auth/login').send(login), 200);
  return person;
}
