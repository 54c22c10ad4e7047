import { Injectable } from '@nestjs/common';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { Plan } from 'src/modules/program/entities/plan.entity';
import type { PlanNote } from 'src/modules/program/generator/generator.types';
import type { NoteView, PlannedExerciseView, PlanView, WeekExercise } from './plan.types';
import { isCountedInMinutes } from './plan.rules';
import { WeekRepository } from './week.repository';

/** What holds for one person instead of the plan's own target weights, by planned exercise. */
export type Targets = ReadonlyMap<string, number | null>;

const NONE: Targets = new Map();

/** Puts plans into words: those of the catalogue, and for a generated plan its names and notes too. */
@Injectable()
export class PlanViewService {
  constructor(
    private readonly weeks: WeekRepository,
    private readonly exercises: ExerciseService,
    private readonly translator: Translator,
  ) {}

  /** In a constant number of queries. */
  async one(plan: Plan, language: Language, targets: Targets = NONE): Promise<PlanView> {
    const week = await this.weeks.find(plan.id);
    const exercises = await this.exercisesOf(week.exercises, language, targets);
    return {
      ...plan,
      name: this.nameOf(plan, plan.name, language),
      notes: this.notesOf(plan.notes, language),
      sessions: week.sessions.map((session) => ({
        ...session,
        name: this.nameOf(plan, session.name, language),
        exercises: exercises.get(session.id) ?? [],
      })),
    };
  }

  private notesOf(notes: readonly PlanNote[], language: Language): NoteView[] {
    return notes.map(({ rule, dayOfWeek }) => ({
      rule,
      dayOfWeek,
      message: this.translator.text(language, `program.notes.${rule}`),
    }));
  }

  /** What a coach wrote is told as it is. */
  private nameOf({ source }: Plan, name: string, language: Language): string {
    return source === 'ai' ? this.translator.text(language, name) : name;
  }

  private async exercisesOf(
    planned: readonly WeekExercise[],
    language: Language,
    targets: Targets,
  ): Promise<Map<string, PlannedExerciseView[]>> {
    const types = await this.exercises.findByIds(
      planned.map(({ exerciseTypeId }) => exerciseTypeId),
      language,
    );
    const bySession = new Map<string, PlannedExerciseView[]>();
    for (const exercise of planned) {
      const type = types.get(exercise.exerciseTypeId);
      // What is planned keeps its exercise in the catalogue: none is missing.
      if (!type) continue;
      const target = targets.get(exercise.id);
      const views = bySession.get(exercise.sessionId) ?? [];
      views.push({
        ...exercise,
        plannedKg: exercise.targetWeightKg,
        targetWeightKg: target === undefined ? exercise.targetWeightKg : target,
        ...{ slug: type.slug, exerciseName: type.name, isTimed: isCountedInMinutes(type.category) },
      });
      bySession.set(exercise.sessionId, views);
    }
    return bySession;
  }
}
