import { expectStatus } from 'test/support/coaching';
import { join } from 'test/support/queues';
import { type Message, READERS, SESSION, SLOT, type Stage, type Story, toClient, toCoach } from './stage';

const OFFER_ENDS = '2026-03-02T06:30:00Z';

/** Somebody else has the only place, and the client waits for it. */
async function queueUp(stage: Stage): Promise<{ booking_id: string; entry_id: string }> {
  const booking_id = await stage.agree(stage.other);
  await stage.begin();
  const { id: entry_id } = await join(stage.client, stage.coach.id, SLOT);
  return { booking_id, entry_id };
}

function gone(stage: Stage, entry_id: string, variant?: string): Message[] {
  const data = { entry_id, coach_id: stage.coach.id, scheduled_at: SLOT };
  return [{ to: 'client', type: 'waitlist_cancelled', variant, values: { ...toClient, session: SESSION }, data }];
}

export const WAITLIST_STORIES: readonly Story[] = [
  [
    'somebody waits for a place',
    async (stage): Promise<Message[]> => {
      const { entry_id } = await queueUp(stage);
      const data = { entry_id, scheduled_at: SLOT };
      return [{ to: 'coach', type: 'waitlist_joined', values: { ...toCoach, session: SESSION }, data }];
    },
  ],
  [
    'a place is free',
    async (stage): Promise<Message[]> => {
      const { booking_id, entry_id } = await queueUp(stage);
      await stage.begin();
      await stage.cancel(stage.other, booking_id);
      return [
        {
          to: 'coach',
          type: 'booking_cancelled_by_client',
          values: { client: READERS.other.firstName, session: SESSION },
          data: { booking_id, client_id: stage.other.id },
        },
        {
          to: 'client',
          type: 'waitlist_available',
          values: { ...toClient, session: SESSION, deadline: { at: OFFER_ENDS } },
          data: { entry_id, coach_id: stage.coach.id, scheduled_at: SLOT, expires_at: OFFER_ENDS },
        },
      ];
    },
  ],
  [
    'an offer is not taken',
    async (stage): Promise<Message[]> => {
      const { booking_id, entry_id } = await queueUp(stage);
      await stage.cancel(stage.other, booking_id);
      await stage.begin();
      await stage.app.setClock('2026-03-02T06:30:00.001Z');
      await stage.run('expire_waitlist_notifications');
      return [
        { to: 'client', type: 'waitlist_expired', values: { ...toClient, session: SESSION }, data: { entry_id } },
      ];
    },
  ],
  [
    'the coach is away at the time that somebody waits for',
    async (stage): Promise<Message[]> => {
      const { entry_id } = await queueUp(stage);
      await stage.begin();
      const away = { starts_at: '2026-03-05T00:00:00Z', ends_at: '2026-03-06T00:00:00Z' };
      await stage.post(stage.coach, '/coaches/time-off', away, 201);
      return gone(stage, entry_id);
    },
  ],
  [
    'the coach removes somebody from the queue',
    async (stage): Promise<Message[]> => {
      const { entry_id } = await queueUp(stage);
      await stage.begin();
      await expectStatus(stage.coach.http.delete(`/waitlist/${entry_id}`), 204);
      return gone(stage, entry_id, 'removed');
    },
  ],
];
