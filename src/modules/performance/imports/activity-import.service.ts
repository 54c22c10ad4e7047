import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { NewSession } from 'src/modules/performance/sessions/session-draft.types';
import { SessionRegister } from 'src/modules/performance/sessions/session-register.service';
import { isTooFarAhead } from 'src/modules/performance/sessions/session.rules';
import type { SessionSource, SourceTerms } from 'src/modules/performance/sessions/session.types';
import { ActivityImportRepository } from './activity-import.repository';
import type { StoredActivity, ToldActivity } from './activity-import.types';

/**
 * Sessions that a provider tells of: read-only, without sets, kept as long as its terms allow. They set no records,
 * drive no progression and nobody is told (rules §16.2).
 */
@Injectable()
export class ActivityImports {
  constructor(
    private readonly imports: ActivityImportRepository,
    private readonly register: SessionRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a session of each activity that is not known, once; those that are known become as they are told now, and are
   * kept as long as new ones.
   *
   * @returns by external id; without those that lie more than a day ahead
   */
  @Transactional()
  async store(
    userId: string,
    source: SessionSource,
    told: readonly ToldActivity[],
    terms: SourceTerms,
  ): Promise<Map<string, StoredActivity>> {
    await this.register.hold(userId);
    const at = this.clock.now();
    const once = [...new Map(told.map((one) => [one.externalId, one])).values()];
    const activities = once.filter(({ trainedAt }) => !isTooFarAhead(trainedAt, at));
    const known = await this.known(
      userId,
      source,
      activities.map(({ externalId }) => externalId),
    );
    await this.imports.refresh(
      activities.flatMap(({ externalId, ...change }) => {
        const id = known.get(externalId);
        return id === undefined ? [] : [{ id, ...change }];
      }),
      terms,
      at,
    );
    const fresh = activities.filter(({ externalId }) => !known.has(externalId));
    const drafts = fresh.map((one) => newSession(one, source, terms));
    const { sessions } = fresh.length > 0 ? await this.register.store(userId, drafts, at) : { sessions: [] };
    const stored = new Map<string, StoredActivity>();
    for (const [externalId, sessionId] of known) stored.set(externalId, { sessionId, isNew: false });
    for (const { externalId, id } of sessions) if (externalId) stored.set(externalId, { sessionId: id, isNew: true });
    return stored;
  }

  /** Which of these a session was made of, by external id. */
  async known(userId: string, source: SessionSource, externalIds: readonly string[]): Promise<Map<string, string>> {
    return this.imports.stored(userId, source, externalIds);
  }

  /** @returns how many went */
  @Transactional()
  async remove(userId: string, source: SessionSource, externalIds: readonly string[]): Promise<number> {
    await this.register.hold(userId);
    return this.imports.remove(userId, source, externalIds);
  }

  /** All that this source has told of a person. @returns how many went */
  @Transactional()
  async removeAll(userId: string, source: SessionSource): Promise<number> {
    await this.register.hold(userId);
    return this.imports.removeAll(userId, source);
  }
}

function newSession(
  { externalId, trainedAt, durationMin }: ToldActivity,
  source: SessionSource,
  sourceTerms: SourceTerms,
): NewSession {
  return {
    source,
    externalId,
    trainedAt,
    durationMin,
    sourceTerms,
    sessionType: 'solo_free',
    sets: [],
    feeling: null,
    gymId: null,
    enteredBy: null,
    bookingId: null,
    bookingCoachId: null,
  };
}
