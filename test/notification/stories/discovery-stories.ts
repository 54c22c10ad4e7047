import { expectStatus } from 'test/support/coaching';
import { type Message, SESSION, SLOT, type Stage, type Story, toClient, toCoach } from './stage';

const LAPSES = '2026-03-03T06:00:00Z';
const REASON = 'Agenda plein';

async function ask(stage: Stage): Promise<string> {
  return (await stage.post(stage.client, '/clients/coaching-requests', { coach_id: stage.coach.id }, 201)).id;
}

async function answer(
  stage: Stage,
  act: 'accept' | 'reject',
  body: object = {},
): Promise<{ id: string; booking_id: string | null }> {
  const id = await ask(stage);
  await stage.begin();
  return stage.post(stage.coach, `/coaches/coaching-requests/${id}/${act}`, body);
}

export const DISCOVERY_STORIES: readonly Story[] = [
  [
    'a client asks for a first session some day',
    async (stage): Promise<Message[]> => {
      await stage.begin();
      const request_id = await ask(stage);
      const data = { request_id, booking_id: '', client_id: stage.client.id };
      return [{ to: 'coach', type: 'discovery_requested', values: toCoach, data }];
    },
  ],
  [
    'a client asks for a first session at a time',
    async (stage): Promise<Message[]> => {
      await stage.begin();
      const booking_id = await stage.book(stage.client, { pricing_type: 'discovery' });
      const page = await expectStatus<{ items: { id: string }[] }>(
        stage.client.http.get('/clients/coaching-requests'),
        200,
      );
      const request_id = page.items[0]?.id ?? '';
      return [
        {
          to: 'coach',
          type: 'discovery_requested',
          variant: 'with_session',
          values: { ...toCoach, session: SESSION, deadline: { at: LAPSES } },
          data: { request_id, booking_id, client_id: stage.client.id },
        },
        { to: 'client', type: 'booking_sent', values: { ...toClient, session: SESSION }, data: { booking_id } },
      ];
    },
  ],
  [
    'the coach accepts somebody',
    async (stage): Promise<Message[]> => {
      const { id: request_id } = await answer(stage, 'accept');
      const data = { request_id, booking_id: '', coach_id: stage.coach.id };
      return [{ to: 'client', type: 'discovery_accepted', values: toClient, data }];
    },
  ],
  [
    'the coach accepts somebody at a time',
    async (stage): Promise<Message[]> => {
      const { id: request_id, booking_id } = await answer(stage, 'accept', { discovery_slot: SLOT });
      const booking = { booking_id: booking_id ?? '' };
      return [
        {
          to: 'client',
          type: 'discovery_accepted',
          variant: 'with_session',
          values: { ...toClient, session: SESSION },
          data: { request_id, ...booking, coach_id: stage.coach.id },
        },
        {
          to: 'coach',
          type: 'session_confirmed',
          values: { ...toCoach, session: SESSION },
          data: { ...booking, client_id: stage.client.id },
        },
      ];
    },
  ],
  ...[undefined, REASON].map((reason): Story => [
    `the coach cannot take somebody ${reason ? 'and says why' : 'without a word'}`,
    async (stage): Promise<Message[]> => {
      const { id: request_id } = await answer(stage, 'reject', { coach_message: reason });
      const values = { ...toClient, ...(reason && { reason }) };
      const data = { request_id, coach_id: stage.coach.id };
      return [{ to: 'client', type: 'discovery_rejected', variant: reason && 'with_reason', values, data }];
    },
  ]),
  [
    'a client withdraws a request',
    async (stage): Promise<Message[]> => {
      const request_id = await ask(stage);
      await stage.begin();
      await expectStatus(stage.client.http.delete(`/clients/coaching-requests/${request_id}`), 200);
      const data = { request_id, client_id: stage.client.id };
      return [{ to: 'coach', type: 'discovery_cancelled', values: toCoach, data }];
    },
  ],
];
