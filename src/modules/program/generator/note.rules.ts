import { isAbove } from './candidate.rules';
import { keepsFocus } from './choice.rules';
import { type PlanNote, RELAXABLE_RULES, type RelaxableRule } from './generator.types';
import { isWithin, minutesOf, type Choice } from './length.rules';
import { meet, NO_MUSCLES, tiredBy } from './muscle.rules';
import { type Draft, musclesWorked } from './session.rules';
import { isDayAfter, isIntense, mindsIntensity, missingRegions, type WeekPlan } from './week.rules';
import { isCapped } from './wishes.rules';

/** What an exercise does not keep of what the plan wants; a pair of days concerns the later one. */
export function relaxedBy(
  choice: Choice,
  { template }: Draft,
  drafts: readonly Draft[],
  plan: WeekPlan,
): RelaxableRule[] {
  const { candidate, block } = choice;
  const broken = new Set<RelaxableRule>();
  if (candidate.exercise.category !== block.category) broken.add('template_category');
  if (isAbove(candidate)) broken.add('level');
  if (!keepsFocus(candidate, block)) broken.add('focus');
  const dayBefore = drafts.find((draft) => isDayAfter(template.dayOfWeek, draft.template.dayOfWeek));
  if (dayBefore) {
    const isTired = meet(tiredBy(candidate.muscles), tiredBy(musclesWorked(dayBefore.choices)));
    if (candidate.muscles !== NO_MUSCLES && isTired) broken.add('consecutive_muscle');
    if (mindsIntensity(plan.wishes) && candidate.exercise.category === 'hiit' && isIntense(dayBefore))
      broken.add('consecutive_intensity');
  }
  return RELAXABLE_RULES.filter((rule) => broken.has(rule));
}

/** All that the plan does not keep, and nothing else: it is read off the finished week. */
export function notesOf(drafts: readonly Draft[], plan: WeekPlan): PlanNote[] {
  const notes: PlanNote[] = [];
  if (isCapped(plan.wishes)) notes.push({ rule: 'duration_capped', dayOfWeek: null });
  if (missingRegions(plan.wishes, drafts).length > 0) notes.push({ rule: 'balance', dayOfWeek: null });
  const { minutes, restSeconds } = plan.frame;
  for (const draft of drafts) {
    const broken = new Set(draft.choices.flatMap((choice) => relaxedBy(choice, draft, drafts, plan)));
    if (draft.hasGap) broken.add('template_category');
    if (!isWithin(minutesOf(draft.choices, restSeconds), minutes)) broken.add('session_length');
    for (const rule of RELAXABLE_RULES) if (broken.has(rule)) notes.push({ rule, dayOfWeek: draft.template.dayOfWeek });
  }
  return notes;
}
