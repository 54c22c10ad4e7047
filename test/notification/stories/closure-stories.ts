import { bond, sell } from 'test/booking/dealings';
import { expectStatus } from 'test/support/coaching';
import type { TestPerson } from 'test/support/test-app';
import { type Message, NOW, type Stage, type Story, toClient } from './stage';

const DUE = '2026-04-01T06:00:00Z';
const data = { effective_at: DUE };
const time = { at: DUE };

/** Who has closed his account reads his inbox once he is back. */
async function leaveAndReturn(stage: Stage, person: TestPerson): Promise<void> {
  await expectStatus(person.http.delete('/users/me'), 200);
  await stage.post(person, '/users/me/restore');
}

export const CLOSURE_STORIES: readonly Story[] = [
  [
    'somebody wants to be erased, and thinks better of it',
    async (stage): Promise<Message[]> => {
      await stage.signUp();
      await stage.begin();
      await leaveAndReturn(stage, stage.client);
      return [
        { to: 'client', type: 'deletion_requested', values: { time }, data },
        { to: 'client', type: 'deletion_restored', values: { time: { at: NOW } }, data: {} },
      ];
    },
  ],
  [
    'a coach wants to be erased who still owes sessions',
    async (stage): Promise<Message[]> => {
      await bond(stage.app, stage.coach, stage.client, 'active');
      await bond(stage.app, stage.coach, stage.other, 'active');
      await sell(stage.coach, stage.client, 5, { price_cents: 20_000 });
      await sell(stage.coach, stage.other, 1, { price_cents: 4_550 });
      await stage.begin();
      await leaveAndReturn(stage, stage.coach);
      const type = 'deletion_requested';
      const leaves = { type, variant: 'coach_leaves', data } as const;
      const five = { ...toClient, time, sessions: '5 sessions', amount: '€200.00' };
      const one = { ...toClient, time, sessions: '1 sesión', amount: '45,50 €' };
      const all = { time, sessions: '6 séances', amount: '245,50 €' };
      return [
        { to: 'coach', type, values: { time }, data },
        { to: 'coach', type, variant: 'with_sessions', values: all, data },
        { to: 'client', ...leaves, values: five },
        { to: 'other', ...leaves, values: one },
        { to: 'coach', type: 'deletion_restored', values: { time: { at: NOW } }, data: {} },
      ];
    },
  ],
];
