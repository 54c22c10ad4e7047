import { RELAXABLE_RULES, type RelaxableRule, type Wishes } from './generator.types';
import type { Candidate } from './candidate.rules';
import { type Circumstances, NOTHING_RELAXED, type Relaxed } from './choice.rules';
import { choiceFor, stretch } from './length.rules';
import { meet, type Muscles, musclesOf, musclesOfRegion, NO_MUSCLES, type Region, tiredBy } from './muscle.rules';
import { saltOf } from './seed.rules';
import { type Draft, type Frame, musclesWorked, sessionOf } from './session.rules';
import type { DayTemplate } from './template.rules';

/** All that the sessions of a week are made of. */
export interface WeekPlan {
  frame: Frame;
  wishes: Wishes;
  seed: number;
  templates: readonly DayTemplate[];
  /** What is done when nothing else can be. */
  breathing: Candidate;
}

interface Day {
  draft: Draft;
  relaxed: Relaxed;
}

const DAYS = 7;
/** Up to so many sessions a week, intense days do not follow one another. */
const SPARSE_WEEK = 4;
const BALANCED_FROM = 3;
const BALANCED_REGIONS: readonly Region[] = ['push', 'pull', 'legs'];

const OF_A_DAY = RELAXABLE_RULES.filter((rule) => rule !== 'balance');
const BEFORE_BALANCE = RELAXABLE_RULES.slice(0, RELAXABLE_RULES.indexOf('balance'));
/** The fewest rules first, and of as many those that are given up first. */
const ATTEMPTS: readonly Relaxed[] = combinationsOf(OF_A_DAY).sort((one, other) => one.size - other.size);
const ATTEMPTS_ALONE = ATTEMPTS.filter(
  (rules) => !rules.has('consecutive_intensity') && !rules.has('consecutive_muscle'),
);

/** The drafts of a week, by day, with as little given up as each day needs (rules §14.3). */
export function draftsOf(plan: WeekPlan): Draft[] {
  const days: Day[] = [];
  for (const template of plan.templates) days.push(dayOf(plan, template, days));
  for (const region of missingRegions(plan.wishes, draftsIn(days))) restore(plan, region, days);
  return draftsIn(days);
}

/** The regions that a week for these wishes has to work, and does not. */
export function missingRegions({ goal, frequency }: Wishes, drafts: readonly Draft[]): Region[] {
  if (frequency < BALANCED_FROM || (goal !== 'lose_weight' && goal !== 'muscle_gain')) return [];
  const worked = drafts.reduce((muscles, { choices }) => muscles | musclesWorked(choices), NO_MUSCLES);
  return BALANCED_REGIONS.filter((region) => !meet(worked, musclesOfRegion(region)));
}

/** Whether the one comes the day after the other; Monday comes after Sunday. */
export function isDayAfter(dayOfWeek: number, other: number): boolean {
  return dayOfWeek === (other + 1) % DAYS;
}

export function mindsIntensity({ frequency }: Wishes): boolean {
  return frequency <= SPARSE_WEEK;
}

export function isIntense({ choices }: Draft): boolean {
  return choices.some(({ candidate }) => candidate.exercise.category === 'hiit');
}

function dayOf(plan: WeekPlan, template: DayTemplate, days: readonly Day[]): Day {
  const circumstances = circumstancesOf(plan, template, draftsIn(days), NO_MUSCLES);
  const isAlone = circumstances.tired === NO_MUSCLES && !circumstances.isAfterIntense;
  for (const relaxed of isAlone ? ATTEMPTS_ALONE : ATTEMPTS) {
    const draft = sessionOf(plan.frame, template, circumstances, relaxed);
    if (draft) return { draft, relaxed };
  }
  return { draft: breathingAlone(plan, template), relaxed: NOTHING_RELAXED };
}

/** Makes that day of the week again that can bring in a missing region, with one rule more given up at most. */
function restore(plan: WeekPlan, region: Region, days: Day[]): void {
  for (const more of [null, ...BEFORE_BALANCE])
    for (const [place, { draft, relaxed }] of days.entries()) {
      if (more && relaxed.has(more)) continue;
      const others = draftsIn(days.filter((_, other) => other !== place));
      const { template } = draft;
      const circumstances = circumstancesOf(plan, template, others, musclesOfRegion(region));
      const allowed = more ? new Set([...relaxed, more]) : relaxed;
      const remade = sessionOf(plan.frame, template, circumstances, allowed);
      if (!remade) continue;
      const before = missingRegions(plan.wishes, draftsIn(days));
      const after = missingRegions(plan.wishes, [...others, remade]);
      if (after.length >= before.length || after.includes(region)) continue;
      days[place] = { draft: remade, relaxed: allowed };
      return;
    }
}

function circumstancesOf(
  { wishes, seed, templates }: WeekPlan,
  { dayOfWeek }: DayTemplate,
  drafts: readonly Draft[],
  missing: Muscles,
): Circumstances {
  const neighbours = templates.filter(
    (other) => isDayAfter(dayOfWeek, other.dayOfWeek) || isDayAfter(other.dayOfWeek, dayOfWeek),
  );
  const made = neighbours.map((template) => drafts.find((draft) => draft.template === template));
  return {
    salt: saltOf(seed, dayOfWeek),
    targetZones: musclesOf(wishes.targetZones),
    tired: neighbours.reduce((tired, template, place) => {
      const draft = made[place];
      return tired | tiredBy(draft ? musclesWorked(draft.choices) : template.muscles);
    }, NO_MUSCLES),
    isAfterIntense: mindsIntensity(wishes) && made.some((draft) => draft !== undefined && isIntense(draft)),
    missing,
  };
}

function breathingAlone({ frame, breathing }: WeekPlan, template: DayTemplate): Draft {
  const choices = template.blocks.slice(0, 1).map((block) => choiceFor(block, breathing));
  stretch(choices, frame.minutes, frame.restSeconds);
  return { template, choices, hasGap: true };
}

function draftsIn(days: readonly Day[]): Draft[] {
  return days.map(({ draft }) => draft);
}

/** All sets of them; those with the first ones before those without. */
function combinationsOf(rules: readonly RelaxableRule[]): ReadonlySet<RelaxableRule>[] {
  const [first, ...rest] = rules;
  if (!first) return [NOTHING_RELAXED];
  const others = combinationsOf(rest);
  return [...others.map((some) => new Set([first, ...some])), ...others];
}
