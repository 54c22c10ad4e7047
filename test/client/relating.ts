import { Clock } from 'src/common/clock/clock';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Brings a coach and a client to a status: by the facts that lead there, and from there by the coach's hand. */
export async function relate(
  app: TestApp,
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
  status: RelationStatus,
): Promise<void> {
  const relations = app.nest.get(RelationService);
  const now = app.nest.get(Clock).now();
  if (status === 'pending') await relations.requested(coach.id, client.id, now);
  else await relations.bookingConfirmed(coach.id, client.id, status === 'discovery' ? 'discovery' : 'session', now);
  if (status === 'paused' || status === 'ended') await moveRelation(coach, client.id, { status });
}

export interface WireRelation {
  id: string;
  status: RelationStatus;
  [field: string]: unknown;
}

export function putRelation(coach: TestPerson, clientId: string, body: object): ReturnType<TestPerson['http']['put']> {
  return coach.http.put(`/coaches/clients/${clientId}/relation`).send(body);
}

export async function moveRelation(coach: TestPerson, clientId: string, body: object): Promise<WireRelation> {
  return expectStatus<WireRelation>(putRelation(coach, clientId, body), 200);
}

/** A client as his coach sees him. */
export async function clientOf(coach: TestPerson, clientId: string): Promise<Record<string, unknown>> {
  return expectStatus(coach.http.get(`/coaches/clients/${clientId}`), 200);
}
