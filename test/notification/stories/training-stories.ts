import { bond } from 'test/booking/dealings';
import { anAdmin, rejected, submitted, validated } from 'test/performance/machines';
import { anExercise, setOf, train, trainFor } from 'test/performance/training';
import { type Message, type Story, toClient, toCoach } from './stage';

/** Yesterday afternoon. */
const DATE = '2026-03-01T17:00:00Z';
const BRAND = { brand: 'Technogym', model: 'Selection <b>' };
const NAME = 'Technogym Selection <b>';

export const TRAINING_STORIES: readonly Story[] = [
  [
    'a coach writes a session down',
    async (stage): Promise<Message[]> => {
      await bond(stage.app, stage.coach, stage.client);
      await stage.begin();
      const { id: session_id } = await trainFor(stage.coach, stage.client, DATE, []);
      const data = { session_id, coach_id: stage.coach.id };
      return [{ to: 'client', type: 'performance_entered', values: { ...toClient, date: { at: DATE } }, data }];
    },
  ],
  ...[undefined, 'C’était 80 kg'].map((message): Story => [
    `a client reports an error ${message ? 'in words' : 'without a word'}`,
    async (stage): Promise<Message[]> => {
      await bond(stage.app, stage.coach, stage.client);
      const { id: session_id } = await trainFor(stage.coach, stage.client, DATE, []);
      await stage.begin();
      await stage.post(stage.client, `/performances/${session_id}/report-error`, { message }, 202);
      const values = { ...toCoach, date: { at: DATE }, ...(message && { message }) };
      const data = { session_id, client_id: stage.client.id };
      const variant = message && 'with_message';
      return [{ to: 'coach', type: 'performance_error_reported', variant, values, data }];
    },
  ]),
  [
    'somebody lifts more than ever',
    async (stage): Promise<Message[]> => {
      const exercise_type_id = await anExercise(stage.app, `squat-${stage.other.id}`);
      await train(stage.other, '2026-02-20T17:00:00Z', [setOf(exercise_type_id, 60)]);
      await stage.begin();
      const { id: session_id } = await train(stage.other, DATE, [setOf(exercise_type_id, 72.5)]);
      return [
        {
          to: 'other',
          type: 'new_personal_record',
          values: { exercise: `es squat-${stage.other.id}`, weight: '72,5 kg' },
          data: { session_id, exercise_type_id, weight_kg: '72.5' },
        },
      ];
    },
  ],
  [
    'a machine is accepted',
    async (stage): Promise<Message[]> => {
      const admin = await anAdmin(stage.app);
      const machine = await submitted(stage.other, BRAND);
      await stage.begin();
      await validated(admin, machine);
      return [{ to: 'other', type: 'machine_validated', values: { machine: NAME }, data: { machine_id: machine.id } }];
    },
  ],
  ...[undefined, 'Photo floue'].map((reason): Story => [
    `a machine is refused ${reason ? 'with a reason' : 'without one'}`,
    async (stage): Promise<Message[]> => {
      const admin = await anAdmin(stage.app);
      const machine = await submitted(stage.other, BRAND);
      await stage.begin();
      await rejected(admin, machine, { reason });
      const values = { machine: NAME, ...(reason && { reason }) };
      const data = { machine_id: machine.id };
      return [{ to: 'other', type: 'machine_rejected', variant: reason && 'with_reason', values, data }];
    },
  ]),
];
