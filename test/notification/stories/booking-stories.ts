import { bond, sell, setPolicy } from 'test/booking/dealings';
import { type Message, LATER, SESSION, type Stage, type Story, toClient, toCoach } from './stage';

/** A day after the request. */
const LAPSES = '2026-03-03T06:00:00Z';
const REASON = 'Le dos {client}';

const move = async ({ post }: { post: Stage['post'] }, who: Stage['client'], id: string, more: object = {}) =>
  (await post<{ id: string }>(who, `/bookings/${id}/reschedule`, { scheduled_at: LATER, ...more }, 201)).id;

/** A client cancels an hour before the start. */
export async function cancelLate(stage: Stage, mode: 'auto' | 'manual'): Promise<string> {
  await setPolicy(stage.coach, { mode });
  const id = await stage.agree();
  await stage.app.setClock('2026-03-05T08:00:00Z');
  await stage.begin();
  await stage.cancel(stage.client, id);
  return id;
}

export const BOOKING_STORIES: readonly Story[] = [
  [
    'a client asks for a session',
    async (stage): Promise<Message[]> => {
      await stage.begin();
      const booking_id = await stage.book();
      return [
        {
          to: 'coach',
          type: 'booking_requested',
          values: { ...toCoach, session: SESSION, deadline: { at: LAPSES } },
          data: { booking_id, client_id: stage.client.id, expires_at: LAPSES },
        },
        { to: 'client', type: 'booking_sent', values: { ...toClient, session: SESSION }, data: { booking_id } },
      ];
    },
  ],
  [
    'a client with a package asks for a session',
    async (stage): Promise<Message[]> => {
      await bond(stage.app, stage.coach, stage.client);
      await sell(stage.coach, stage.client, 10);
      await stage.begin();
      const booking_id = await stage.book();
      return [
        {
          to: 'coach',
          type: 'booking_requested',
          variant: 'with_sessions',
          values: { ...toCoach, session: SESSION, deadline: { at: LAPSES }, sessions: '10 séances' },
          data: { booking_id, client_id: stage.client.id, expires_at: LAPSES },
        },
        { to: 'client', type: 'booking_sent', values: { ...toClient, session: SESSION }, data: { booking_id } },
      ];
    },
  ],
  [
    'a request lapses soon',
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.book();
      await stage.begin();
      await stage.app.setClock('2026-03-03T04:00:00Z');
      await stage.run('send_session_reminders');
      const values = { ...toCoach, session: SESSION, deadline: { at: LAPSES } };
      const data = { booking_id, expires_at: LAPSES };
      return [{ to: 'coach', type: 'booking_validation_reminder', values, data }];
    },
  ],
  [
    'nobody answers a request',
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.book();
      await stage.begin();
      await stage.app.setClock(LAPSES);
      await stage.run('auto_reject_expired_bookings');
      const message = { type: 'booking_auto_rejected', data: { booking_id } };
      return [
        { ...message, to: 'client', values: { ...toClient, session: SESSION } },
        { ...message, to: 'coach', variant: 'for_coach', values: { ...toCoach, session: SESSION } },
      ];
    },
  ],
  [
    'the coach confirms',
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.book();
      await stage.begin();
      await stage.post(stage.coach, `/bookings/${booking_id}/confirm`);
      return [
        {
          to: 'client',
          type: 'booking_confirmed',
          values: { ...toClient, session: SESSION },
          data: { booking_id, coach_id: stage.coach.id },
        },
        {
          to: 'coach',
          type: 'session_confirmed',
          values: { ...toCoach, session: SESSION },
          data: { booking_id, client_id: stage.client.id },
        },
      ];
    },
  ],
  ...[undefined, REASON].map((reason): Story => [
    `the coach refuses ${reason ? 'and says why' : 'without a word'}`,
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.book();
      await stage.begin();
      await stage.post(stage.coach, `/bookings/${booking_id}/reject`, { reason });
      const values = { ...toClient, session: SESSION, ...(reason && { reason }) };
      const variant = reason && 'with_reason';
      return [{ to: 'client', type: 'booking_rejected', variant, values, data: { booking_id } }];
    },
  ]),
  [
    'the client moves a session',
    async (stage): Promise<Message[]> => {
      const previous_booking_id = await stage.agree();
      await stage.begin();
      const booking_id = await move(stage, stage.client, previous_booking_id, { reason: REASON });
      return [
        {
          to: 'coach',
          type: 'booking_rescheduled',
          variant: 'to_answer',
          values: { ...toCoach, former: SESSION, session: { at: LATER }, deadline: { at: LAPSES } },
          data: { booking_id, previous_booking_id, scheduled_at: LATER, status: 'pending_coach_validation' },
        },
      ];
    },
  ],
  ...[undefined, REASON].map((reason): Story => [
    `the coach moves a session ${reason ? 'and says why' : 'without a word'}`,
    async (stage): Promise<Message[]> => {
      const previous_booking_id = await stage.agree();
      await stage.begin();
      const booking_id = await move(stage, stage.coach, previous_booking_id, { reason });
      return [
        {
          to: 'client',
          type: 'booking_rescheduled',
          variant: reason && 'with_reason',
          values: { ...toClient, former: SESSION, session: { at: LATER }, ...(reason && { reason }) },
          data: { booking_id, previous_booking_id, scheduled_at: LATER, status: 'confirmed' },
        },
      ];
    },
  ]),
  [
    'the client cancels in time',
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.agree();
      await stage.begin();
      await stage.cancel(stage.client, booking_id);
      const data = { booking_id, client_id: stage.client.id };
      return [{ to: 'coach', type: 'booking_cancelled_by_client', values: { ...toCoach, session: SESSION }, data }];
    },
  ],
  ...(['auto', 'manual'] as const).map((mode): Story => [
    `the client cancels late, with a policy that is ${mode}`,
    async (stage): Promise<Message[]> => {
      const booking_id = await cancelLate(stage, mode);
      const isDue = mode === 'auto';
      return [
        {
          to: 'coach',
          type: 'booking_cancelled_late',
          variant: isDue ? 'due' : undefined,
          values: { ...toCoach, session: SESSION },
          data: { booking_id, client_id: stage.client.id, penalty_due: String(isDue) },
        },
      ];
    },
  ]),
  ...[undefined, REASON].map((reason): Story => [
    `the coach cancels ${reason ? 'and says why' : 'without a word'}`,
    async (stage): Promise<Message[]> => {
      const booking_id = await stage.agree();
      await stage.begin();
      await stage.cancel(stage.coach, booking_id, { reason });
      const values = { ...toClient, session: SESSION, ...(reason && { reason }) };
      const data = { booking_id, coach_id: stage.coach.id };
      return [{ to: 'client', type: 'booking_cancelled_by_coach', variant: reason && 'with_reason', values, data }];
    },
  ]),
];
