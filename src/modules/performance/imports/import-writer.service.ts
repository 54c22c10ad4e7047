import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { GymService } from 'src/modules/gym/gym.service';
import type { NewSession } from 'src/modules/performance/sessions/session-draft.types';
import { SessionRegister } from 'src/modules/performance/sessions/session-register.service';
import { ImportRepository } from './import.repository';
import type { FoundSession, ImportFormat, ImportReport } from './import.types';

const MOST_SESSIONS = 200;
const MOST_SETS = 2_000;

type Written = Pick<ImportReport, 'created' | 'skipped' | 'setsCreated'>;

/**
 * Stores the sessions of a file, so many at a time: each batch is a transaction where there is none around it, and holds
 * its owner only as long. It goes from the oldest on, so that no batch looks at the records of the one after it.
 */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly imports: ImportRepository,
    private readonly register: SessionRegister,
    private readonly gyms: GymService,
    private readonly clock: Clock,
  ) {}

  /** @param sessions oldest first */
  async write(
    userId: string,
    format: ImportFormat,
    sessions: readonly FoundSession[],
    isDryRun: boolean,
  ): Promise<Written> {
    const written: Written = { created: 0, skipped: 0, setsCreated: 0 };
    const gyms = isDryRun ? new Map<string, string>() : await this.gymsOf(userId, sessions);
    for (const batch of batchesOf(sessions)) {
      const fresh = isDryRun
        ? await this.freshAmong(userId, format, batch)
        : await this.store(userId, format, batch, gyms);
      written.created += fresh.length;
      written.skipped += batch.length - fresh.length;
      written.setsCreated += fresh.reduce((sum, { sets }) => sum + sets.length, 0);
    }
    return written;
  }

  /** Answers those that were new. */
  @Transactional()
  private async store(
    userId: string,
    format: ImportFormat,
    batch: readonly FoundSession[],
    gyms: ReadonlyMap<string, string>,
  ): Promise<readonly FoundSession[]> {
    await this.register.hold(userId);
    const fresh = await this.freshAmong(userId, format, batch);
    const told = fresh.map((session) => newSession(session, format, gyms));
    if (told.length > 0) await this.register.store(userId, told, this.clock.now());
    return fresh;
  }

  private async freshAmong(
    userId: string,
    format: ImportFormat,
    batch: readonly FoundSession[],
  ): Promise<readonly FoundSession[]> {
    const stored = await this.imports.stored(userId, format, batch);
    return batch.filter((session) => !stored.has(session));
  }

  /** Clubs by their names: the own ones, else those of the directory whose name no other club has. */
  private async gymsOf(userId: string, sessions: readonly FoundSession[]): Promise<ReadonlyMap<string, string>> {
    const names = [...new Set(sessions.flatMap(({ gym }) => (gym === null ? [] : [gym])))];
    if (names.length === 0) return new Map();
    const own = [...(await this.gyms.ofPerson(userId, 'client')), ...(await this.gyms.ofPerson(userId, 'coach'))];
    const known = await this.gyms.idsByUniqueName(names);
    return new Map([...known, ...own.reverse().map(({ id, name }) => [name, id] as const)]);
  }
}

function* batchesOf(sessions: readonly FoundSession[]): Generator<FoundSession[]> {
  let batch: FoundSession[] = [];
  let sets = 0;
  for (const session of sessions) {
    if (batch.length >= MOST_SESSIONS || (batch.length > 0 && sets + session.sets.length > MOST_SETS)) {
      yield batch;
      batch = [];
      sets = 0;
    }
    batch.push(session);
    sets += session.sets.length;
  }
  if (batch.length > 0) yield batch;
}

function newSession(
  { gym, ...told }: FoundSession,
  source: ImportFormat,
  gyms: ReadonlyMap<string, string>,
): NewSession {
  return {
    ...told,
    source,
    gymId: gym === null ? null : (gyms.get(gym) ?? null),
    enteredBy: null,
    bookingId: null,
    bookingCoachId: null,
    sourceTerms: null,
  };
}
