import { setPolicy } from 'test/booking/dealings';
import { cancelLate } from './booking-stories';
import { type Message, SESSION, type Stage, type Story, toClient, toCoach } from './stage';

const OVER = '2026-03-05T10:00:00Z';

/** A session that began, in which nobody was. */
async function missed(stage: Stage, isDue: boolean): Promise<string> {
  await setPolicy(stage.coach, { noshow_is_due: isDue });
  const id = await stage.agree();
  await stage.app.setClock(OVER);
  await stage.begin();
  await stage.post(stage.coach, `/bookings/${id}/no-show`);
  return id;
}

async function remindedOf(stage: Stage, type: 'reminder_day_before' | 'reminder_hour_before', moments: string[]) {
  const booking_id = await stage.agree();
  for (const moment of moments) {
    await stage.begin();
    await stage.app.setClock(moment);
    await stage.run('send_session_reminders');
  }
  const message = { type, data: { booking_id } };
  return [
    { ...message, to: 'client' as const, values: { ...toClient, session: SESSION } },
    { ...message, to: 'coach' as const, variant: 'for_coach', values: { ...toCoach, session: SESSION } },
  ];
}

export const OUTCOME_STORIES: readonly Story[] = [
  ...[true, false].map((isDue): Story => [
    `the client does not come, and it is ${isDue ? '' : 'not '}due`,
    async (stage): Promise<Message[]> => {
      const booking_id = await missed(stage, isDue);
      const values = { ...toClient, session: SESSION };
      const variant = isDue ? 'due' : undefined;
      return [{ to: 'client', type: 'no_show_marked', variant, values, data: { booking_id } }];
    },
  ]),
  [
    'the coach lets a late cancellation count',
    async (stage): Promise<Message[]> => {
      const booking_id = await cancelLate(stage, 'manual');
      await stage.begin();
      await stage.post(stage.coach, `/bookings/${booking_id}/apply-penalty`);
      return [
        { to: 'client', type: 'penalty_applied', values: { ...toClient, session: SESSION }, data: { booking_id } },
      ];
    },
  ],
  [
    'the coach waives a penalty',
    async (stage): Promise<Message[]> => {
      const booking_id = await cancelLate(stage, 'auto');
      await stage.begin();
      await stage.post(stage.coach, `/bookings/${booking_id}/waive-penalty`);
      return [
        { to: 'client', type: 'penalty_waived', values: { ...toClient, session: SESSION }, data: { booking_id } },
      ];
    },
  ],
  [
    'the coach leaves a penalty undecided',
    async (stage): Promise<Message[]> => {
      const booking_id = await cancelLate(stage, 'manual');
      await stage.begin();
      await stage.app.setClock('2026-04-04T09:00:00Z');
      await stage.run('settle_undecided_penalties');
      const message = { type: 'penalty_waived', data: { booking_id } };
      return [
        { ...message, to: 'client', values: { ...toClient, session: SESSION } },
        { ...message, to: 'coach', variant: 'for_coach', values: { ...toCoach, session: SESSION } },
      ];
    },
  ],
  [
    'nobody says whether a session took place',
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.agree();
      await stage.begin();
      await stage.app.setClock('2026-03-07T10:00:01Z');
      await stage.run('auto_complete_bookings');
      return [{ to: 'coach', type: 'auto_done', values: { ...toCoach, session: SESSION }, data: { booking_id } }];
    },
  ],
  ['a session takes place tomorrow', (stage) => remindedOf(stage, 'reminder_day_before', ['2026-03-04T09:00:00Z'])],
  [
    'a session begins soon',
    (stage) => remindedOf(stage, 'reminder_hour_before', ['2026-03-04T09:00:00Z', '2026-03-05T08:00:00Z']),
  ],
];
