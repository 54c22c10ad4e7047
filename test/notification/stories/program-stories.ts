import { bond } from 'test/booking/dealings';
import { aPlan, assign, editPlan } from 'test/program/plans';
import { type Message, type Stage, type Story, toClient } from './stage';

const START = '2026-03-04';

async function planned(stage: Stage, weeks: number): Promise<string> {
  await bond(stage.app, stage.coach, stage.client);
  return (await aPlan(stage.coach, [], { name: 'Force <b>', duration_weeks: weeks })).id;
}

export const PROGRAM_STORIES: readonly Story[] = [
  ...(
    [
      [1, '1 week'],
      [6, '6 weeks'],
    ] as const
  ).map(([weeks, duration]): Story => [
    `a coach gives a client a plan of ${duration}`,
    async (stage): Promise<Message[]> => {
      const plan_id = await planned(stage, weeks);
      await stage.begin();
      const { id } = await assign(stage.coach, { id: plan_id }, stage.client, { start_date: START });
      const values = { ...toClient, plan: 'Force <b>', duration, start: { day: START } };
      return [{ to: 'client', type: 'program_assigned', values, data: { plan_id, assignment_id: id } }];
    },
  ]),
  [
    'a coach changes a plan that a client follows',
    async (stage): Promise<Message[]> => {
      const plan_id = await planned(stage, 6);
      await assign(stage.coach, { id: plan_id }, stage.client, { start_date: START });
      await stage.begin();
      await editPlan(stage.coach, plan_id, { duration_weeks: 8 });
      const values = { ...toClient, plan: 'Force <b>' };
      return [{ to: 'client', type: 'program_updated', values, data: { plan_id } }];
    },
  ],
];
