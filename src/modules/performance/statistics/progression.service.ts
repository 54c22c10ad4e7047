import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import { resolveRange } from 'src/common/paging/range';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import { oneRepMaxOf } from './one-rep-max.rules';
import { ProgressionRepository } from './progression.repository';
import { StatisticsAccess } from './statistics-access.service';
import type { ProgressionQuery } from './statistics.dto';
import type { Progression } from './statistics.types';

/** Rules §11.6. */
const POINTS_BY_DEFAULT = 20;
const MOST_POINTS = 500;

/** How somebody gets on with an exercise. */
@Injectable()
export class ProgressionService {
  constructor(
    private readonly rows: ProgressionRepository,
    private readonly access: StatisticsAccess,
    private readonly exercises: ExerciseService,
  ) {}

  /**
   * Of the caller, or of a client who shares. A range, whose days are those of the caller's zone, limits the best sets
   * as well as the points; without one the points are the last 20 and the best sets those of all times.
   *
   * @throws ValidationFailed `invalid_date_range`, ClientNotFound, NoCoachingRelation, SharingDisabled,
   *   ExerciseNotFound, in this order
   */
  async of(me: Principal, exerciseTypeId: string, query: ProgressionQuery, language: Language): Promise<Progression> {
    const range = resolveRange(query, me.timezone);
    const { ownerId, hidden } = await this.access.viewOf(me, query.client_id);
    const { id, slug, name } = await this.exercises.find(exerciseTypeId, language);
    const filter = { userId: ownerId, exerciseTypeId: id, hidden, ...range };
    const points = await this.rows.points(filter, range.from || range.to ? MOST_POINTS : POINTS_BY_DEFAULT);
    const bestByReps = await this.rows.bestByReps(filter);
    return { exercise: { id, slug, name }, oneRepMax: oneRepMaxOf(bestByReps), bestByReps, points };
  }
}
