import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { type WeightUnit, weightText } from 'src/common/i18n/weight-texts';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { TargetAdjustment } from 'src/modules/program/entities/target-adjustment.entity';
import type { AdjustmentReason } from './adjustment-reason.types';
import type { AdjustmentView } from './progression.types';

/** Puts adjustments into the words and the unit of their reader. */
@Injectable()
export class AdjustmentViewService {
  constructor(
    private readonly exercises: ExerciseService,
    private readonly profiles: ClientProfileService,
    private readonly translator: Translator,
  ) {}

  /** In a constant number of queries. */
  async many(me: Principal, rows: readonly TargetAdjustment[], language: Language): Promise<AdjustmentView[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ exerciseTypeId }) => exerciseTypeId);
    const exercises = await this.exercises.findByIds(ids, language);
    const unit = await this.profiles.weightUnitOf(me.userId);
    return rows.map((row) => ({
      ...row,
      exerciseName: exercises.get(row.exerciseTypeId)?.name ?? '',
      reason: this.sentence(row.reason, unit, language),
    }));
  }

  private sentence({ key, figures }: AdjustmentReason, unit: WeightUnit, language: Language): string {
    const words = Object.entries(figures).map(([name, value]): [string, string | number] =>
      name.endsWith('_kg') ? [name.slice(0, -3), weightText(value, unit, language)] : [name, value],
    );
    return this.translator.text(language, `program.adjustments.${key}`, Object.fromEntries<string | number>(words));
  }
}
