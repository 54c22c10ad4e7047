import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UserService } from 'src/modules/auth/user.service';
import type { ExerciseSet } from 'src/modules/performance/entities/exercise-set.entity';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { RecordKeeper, type RenewedRecords } from 'src/modules/performance/records/record-keeper.service';
import type { Place } from 'src/modules/performance/records/record.rules';
import { SessionRepository } from './session.repository';
import { volumeOf } from './session.rules';
import type { NewSession, NewSet, SessionChange } from './session-draft.types';

/** Sessions as they were stored, in the order given, and the records from the first of them on. */
export interface StoredSessions {
  sessions: PerformanceSession[];
  records: RenewedRecords;
}

/**
 * The one place where sessions are written: rows, volume and records together, in the caller's transaction. It tells
 * nobody; whether somebody is to hear of it is the caller's to know.
 */
@Injectable()
export class SessionRegister {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly records: RecordKeeper,
    private readonly users: UserService,
  ) {}

  /** From here to the end of the transaction nobody else writes sessions of this owner (users.id). */
  async hold(userId: string): Promise<void> {
    await this.users.lock(userId);
  }

  /** Any number of sessions at once; the owner is held. */
  async store(userId: string, given: readonly NewSession[], at: Date): Promise<StoredSessions> {
    const written = given.map(({ sets, ...told }) => {
      const id = randomUUID();
      const session = {
        ...told,
        id,
        userId,
        stravaActivityId: null,
        totalVolumeKg: volumeOf(sets),
        createdAt: at,
        updatedAt: at,
      };
      return { session, sets: setsOf(id, userId, sets) };
    });
    const sessions = written.map(({ session }) => session);
    const sets = written.flatMap((one) => one.sets);
    await this.sessions.insert(sessions);
    await this.sessions.insertSets(sets);
    return { sessions, records: await this.records.renew(userId, exercisesOf(sets), sessions.map(placeOf)) };
  }

  /**
   * Changes a session whose owner is held.
   *
   * @param sets null = they stay as they are
   */
  async change(
    session: PerformanceSession,
    change: SessionChange,
    sets: readonly NewSet[] | null,
    at: Date,
  ): Promise<{ session: PerformanceSession; records: RenewedRecords }> {
    const { id, userId } = session;
    const old = await this.sessions.setsOf([id]);
    const changed = {
      ...session,
      ...change,
      totalVolumeKg: sets ? volumeOf(sets) : session.totalVolumeKg,
      updatedAt: at,
    };
    const fresh = sets ? setsOf(id, userId, sets) : [];
    await this.sessions.update(changed);
    if (sets) await this.sessions.removeSets(id);
    await this.sessions.insertSets(fresh);
    const places = [placeOf(session), placeOf(changed)];
    return { session: changed, records: await this.records.renew(userId, exercisesOf([...old, ...fresh]), places) };
  }

  /** What Strava calls the activity that a session was pushed as; null = it is not there any more. */
  async markPushed(sessionId: string, stravaActivityId: string | null): Promise<void> {
    await this.sessions.setActivity(sessionId, stravaActivityId);
  }

  /** Removes a session whose owner is held. */
  async remove(session: PerformanceSession): Promise<void> {
    const sets = await this.sessions.setsOf([session.id]);
    await this.sessions.remove(session.id);
    await this.records.renew(session.userId, exercisesOf(sets), [placeOf(session)]);
  }
}

function exercisesOf(sets: readonly ExerciseSet[]): Set<string> {
  return new Set(sets.map(({ exerciseTypeId }) => exerciseTypeId));
}

function placeOf({ id, trainedAt, createdAt }: PerformanceSession): Place {
  return { sessionId: id, trainedAt, createdAt };
}

function setsOf(sessionId: string, userId: string, sets: readonly NewSet[]): ExerciseSet[] {
  return sets.map((set, at) => ({ ...set, id: randomUUID(), sessionId, userId, position: at + 1, isPr: false }));
}
