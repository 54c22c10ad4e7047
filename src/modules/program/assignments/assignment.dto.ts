import { Choice, Choices, Day, Id, Optional, Whole } from 'src/common/http/fields';
import { type Goal, GOALS, type Level, LEVELS } from 'src/modules/client/profile/profile.types';
import { type Equipment, EQUIPMENT } from 'src/modules/client/questionnaire/questionnaire.types';
import { SEEDS } from './assignment.rules';
import { ASSIGN_MODES, type AssignMode } from './assign-mode.types';

export class AssignPlanDto {
  @Id()
  client_id: string;

  /** Today or later, in the client's time zone. */
  @Day()
  start_date: string;

  /** `replace_ai` ends whatever the client follows, `complement` comes beside it. */
  @Optional()
  @Choice(ASSIGN_MODES)
  mode: AssignMode = 'replace_ai';
}

/** What is not given is taken from the questionnaire. */
export class GenerateDto {
  @Optional()
  @Choice(GOALS)
  goal?: Goal;

  @Optional()
  @Whole(1, 7)
  frequency_per_week?: number;

  @Optional()
  @Choice(LEVELS)
  level?: Level;

  /** The same wishes and seed give the same plan. */
  @Optional()
  @Whole(SEEDS.first, SEEDS.last)
  seed: number = 1;
}

/** What is given goes into the questionnaire. */
export class RecalibrateDto {
  @Optional()
  @Choice(GOALS)
  goal?: Goal;

  @Optional()
  @Whole(1, 7)
  frequency_per_week?: number;

  @Optional()
  @Choices(EQUIPMENT)
  equipment?: Equipment[];
}
