import { submitted } from 'test/performance/machines';
import { setOf, train, trainFor } from 'test/performance/training';
import { aLift } from 'test/program/following';
import { expectStatus } from 'test/support/coaching';
import type { TestApp } from 'test/support/test-app';
import type { LifePeople, LifeWords } from './full-life';

export interface Training {
  exerciseId: string;
  sessionId: string;
  /** Of the client, entered by the coach. */
  coachedSessionId: string;
  planId: string;
  generatedPlanId: string;
}

/** What the two train, and what the coach plans for the client. */
export async function training(
  app: TestApp,
  { coach, client }: LifePeople,
  words: LifeWords,
  gymId: string,
): Promise<Training> {
  await app.setClock('2026-03-08T12:00:00Z');
  const exerciseId = await aLift(app, 'life-squat');
  const notes = words.client.text('exercise_sets.notes');
  const sets = [setOf(exerciseId, 80, { notes }), setOf(exerciseId, 85.5)];
  const more = { gym_id: gymId, feeling: 4, duration_min: 45 };
  const own = await train(client, '2026-03-07T17:00:00Z', sets, more);
  const said = { notes: words.between.text('exercise_sets.coached_notes') };
  const coached = await trainFor(coach, client, '2026-03-08T08:00:00Z', [setOf(exerciseId, 82.5, said)]);
  const fault = { message: words.client.text('performances.report') };
  await expectStatus(client.http.post(`/performances/${coached.id}/report-error`).send(fault), 202);
  await train(coach, '2026-03-07T17:00:00Z', [
    setOf(exerciseId, 100, { notes: words.coach.text('exercise_sets.own_notes') }),
  ]);

  const generated = await expectStatus<{ plan_id: string }>(
    client.http.post('/clients/program/generate').send({}),
    201,
  );
  const plan = await expectStatus<{ id: string }>(
    coach.http.post('/coaches/programs').send({
      ...{ name: words.coach.text('plans.name'), description: words.coach.text('plans.description') },
      planned_sessions: [
        {
          ...{ day_of_week: 0, session_name: words.coach.text('planned_sessions.name') },
          planned_exercises: [{ exercise_type_id: exerciseId, target_weight_kg: 80 }],
        },
      ],
    }),
    201,
  );
  const assignment = { client_id: client.id, start_date: '2026-03-09' };
  await expectStatus(coach.http.post(`/coaches/programs/${plan.id}/assign`).send(assignment), 201);
  for (const person of [coach, client] as const) {
    const own = person === coach ? words.coach : words.client;
    await submitted(person, { brand: own.text('machines.brand'), model: own.text('machines.model') });
  }
  return {
    ...{ exerciseId, sessionId: own.id, coachedSessionId: coached.id, planId: plan.id },
    generatedPlanId: generated.plan_id,
  };
}
