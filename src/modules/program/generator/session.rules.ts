import { type Candidates } from './candidate.rules';
import { choose, type Circumstances, NOTHING_RELAXED, type Relaxed } from './choice.rules';
import {
  isWithin,
  minutesOf,
  mostMinutesOf,
  type Choice,
  choiceFor,
  shorten,
  stretch,
  TOLERANCE_MIN,
} from './length.rules';
import { meet, type Muscles, NO_MUSCLES } from './muscle.rules';
import type { DayTemplate } from './template.rules';

/** A session as it is being made. */
export interface Draft {
  template: DayTemplate;
  choices: Choice[];
  /** Something that the template asks for has no exercise at all. */
  hasGap: boolean;
}

/** What all sessions of a plan have in common. */
export interface Frame {
  candidates: Candidates;
  /** Wished for a session. */
  minutes: number;
  restSeconds: number;
}

/** The session of a day, when it can be had with no more given up than this; else null. */
export function sessionOf(
  frame: Frame,
  template: DayTemplate,
  circumstances: Circumstances,
  relaxed: Relaxed,
): Draft | null {
  const draft: Draft = { template, choices: [], hasGap: false };
  if (!fill(draft, frame, circumstances, relaxed) || draft.choices.length === 0) return null;
  const { choices } = draft;
  shorten(choices, frame.minutes, frame.restSeconds);
  extend(draft, frame, circumstances, relaxed);
  if (minutesOf(choices, frame.restSeconds) < frame.minutes - TOLERANCE_MIN)
    stretch(choices, frame.minutes, frame.restSeconds);
  if (!isWithin(minutesOf(choices, frame.restSeconds), frame.minutes) && !relaxed.has('session_length')) return null;
  return draft;
}

export function musclesWorked(choices: readonly Choice[]): Muscles {
  return choices.reduce((muscles, { candidate }) => muscles | candidate.muscles, NO_MUSCLES);
}

/** Each block once, as long as there is time. */
function fill(draft: Draft, frame: Frame, circumstances: Circumstances, relaxed: Relaxed): boolean {
  const mayHaveGaps = relaxed.has('template_category') && relaxed.has('level') && relaxed.has('focus');
  const { choices, template } = draft;
  for (const block of template.blocks) {
    if (minutesOf(choices, frame.restSeconds) > frame.minutes + TOLERANCE_MIN) break;
    const candidate = choose(frame.candidates, block, choices, stillMissing(circumstances, choices), relaxed);
    if (candidate) choices.push(choiceFor(block, candidate));
    else if (mayHaveGaps) draft.hasGap = true;
    else return false;
  }
  return true;
}

/** The blocks again, with other exercises, as long as that brings the session nearer to its length. */
function extend(draft: Draft, frame: Frame, circumstances: Circumstances, relaxed: Relaxed): void {
  const { choices } = draft;
  const { minutes, restSeconds } = frame;
  const isBetter = (choice: Choice): boolean => {
    const [before, after] = [minutesOf(choices, restSeconds), minutesOf([...choices, choice], restSeconds)];
    return after <= minutes + TOLERANCE_MIN && Math.abs(minutes - after) < minutes - before;
  };
  addInTurn(draft, frame, circumstances, NOTHING_RELAXED, isBetter);
  if (relaxed.size === 0) return;
  const isTooShort = (): boolean => mostMinutesOf(choices, restSeconds) < minutes - TOLERANCE_MIN;
  addInTurn(draft, frame, circumstances, relaxed, isTooShort);
}

/** Goes round the blocks until none of them has an exercise that is wanted. */
function addInTurn(
  { template, choices }: Draft,
  frame: Frame,
  circumstances: Circumstances,
  relaxed: Relaxed,
  isWanted: (choice: Choice) => boolean,
): void {
  const { blocks } = template;
  let refused = 0;
  for (let turn = choices.length; refused < blocks.length; turn++) {
    const block = blocks[turn % blocks.length];
    const candidate = block && choose(frame.candidates, block, choices, stillMissing(circumstances, choices), relaxed);
    const choice = candidate && choiceFor(block, candidate);
    if (choice && isWanted(choice)) {
      choices.push(choice);
      refused = 0;
    } else refused++;
  }
}

function stillMissing(circumstances: Circumstances, choices: readonly Choice[]): Circumstances {
  const { missing } = circumstances;
  return missing !== NO_MUSCLES && meet(missing, musclesWorked(choices))
    ? { ...circumstances, missing: NO_MUSCLES }
    : circumstances;
}
