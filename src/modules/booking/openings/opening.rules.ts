import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';
import { listSlots } from 'src/modules/booking/slots/slot.rules';
import type { Slot, SlotScene } from 'src/modules/booking/slots/slot.types';
import type { AvailabilityWindow } from 'src/modules/coach/coach.types';
import type { Opening } from './opening.types';

/** How far "soon" reaches; the last instant is part of it, as with the booking horizon. */
export const SOON_DAYS = 7;
/** How far ahead a coach without a place is looked at. A scene must reach so far. */
export const LOOKAHEAD_DAYS = 35;
/** No horizon ends sooner than the slots that are looked at. */
const FAR_DAYS = 2 * LOOKAHEAD_DAYS;

/**
 * Whether a slot of the coach within seven days is free for anybody, and until when that stays so by itself, as time
 * goes by. It asks the function that lists slots, so it can say nothing else than that list.
 *
 * @param scene without a booker, and with all that happens until `LOOKAHEAD_DAYS` from `scene.now`
 */
export function openingOf(scene: SlotScene, durationMin: number): Opening {
  const now = scene.now.getTime();
  const soon = freeSlots(scene, now + SOON_DAYS * DAY_MS, durationMin);
  const last = soon.at(-1);
  if (last) {
    // It stays bookable until the notice, and within reach while it comes nearer.
    const bookableUntil = last.startsAt.getTime() - scene.calendar.minNoticeHours * HOUR_MS;
    return { isOpen: true, knownUntil: new Date(Math.max(bookableUntil, now + 1)) };
  }
  return { isOpen: false, knownUntil: new Date(nextEntry(scene, durationMin)) };
}

/** When the first free start comes within reach: of "soon", and of the horizon of its window. */
function nextEntry(scene: SlotScene, durationMin: number): number {
  const now = scene.now.getTime();
  const end = now + LOOKAHEAD_DAYS * DAY_MS;
  let first = end - SOON_DAYS * DAY_MS;
  for (const [horizonDays, windows] of byHorizon(scene)) {
    const reach = Math.min(SOON_DAYS, horizonDays) * DAY_MS;
    const notice = scene.calendar.minNoticeHours * HOUR_MS;
    // A start whose notice is over before it comes within reach is never bookable.
    if (notice > reach) continue;
    const open = { ...scene.calendar, windows, minNoticeHours: 0, horizonDays: FAR_DAYS };
    const entries = freeSlots({ ...scene, calendar: open }, end, durationMin)
      .map((slot) => slot.startsAt.getTime() - reach)
      .filter((entry) => entry > now);
    first = Math.min(first, ...entries);
  }
  return first;
}

function freeSlots(scene: SlotScene, to: number, durationMin: number): Slot[] {
  // The end of a range is not part of it.
  const range = { from: scene.now, to: new Date(to + 1), durationMin };
  return listSlots(scene, range).slots.filter(({ remaining }) => remaining > 0);
}

/** The active windows by their horizon in days, which the copies do not repeat. */
function byHorizon({ calendar }: SlotScene): Map<number, AvailabilityWindow[]> {
  const groups = new Map<number, AvailabilityWindow[]>();
  for (const window of calendar.windows.filter(({ active }) => active)) {
    const horizonDays = window.horizonDays ?? calendar.horizonDays;
    groups.set(horizonDays, [...(groups.get(horizonDays) ?? []), { ...window, horizonDays: null }]);
  }
  return groups;
}
