import { aCoach, book } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { join, type WireEntry } from 'test/support/queues';
import type { TestApp, TestPerson } from 'test/support/test-app';

export const NOW = '2026-03-02T06:00:00Z';
export const SLOT = '2026-03-04T09:00:00Z';

export type Refusal = [status: number, detail: string];

/** What is answered to a request that is refused. */
export async function refused(request: PromiseLike<{ status: number; body: unknown }>): Promise<Refusal> {
  const { status, body } = await request;
  return [status, (body as { detail: string }).detail];
}

/** A slot of one place that somebody has, and three people who would like it. */
export class QueueStage {
  private constructor(
    readonly coach: TestPerson,
    readonly holder: TestPerson,
    readonly first: TestPerson,
    readonly second: TestPerson,
    readonly third: TestPerson,
  ) {}

  static async of(app: TestApp): Promise<QueueStage> {
    await app.setClock(NOW);
    const coach = await aCoach(app);
    const people = (await crowd(app, 4)) as [TestPerson, TestPerson, TestPerson, TestPerson];
    await book(people[0], coach.id, SLOT);
    return new QueueStage(coach, ...people);
  }

  async threeWaiting(): Promise<[WireEntry, WireEntry, WireEntry]> {
    return [
      await join(this.first, this.coach.id, SLOT),
      await join(this.second, this.coach.id, SLOT),
      await join(this.third, this.coach.id, SLOT),
    ];
  }
}
