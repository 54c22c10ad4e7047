import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { LOOKAHEAD_DAYS, openingOf } from './opening.rules';
import { OpeningRepository } from './opening.repository';
import type { Opening } from './opening.types';

export type { Opening } from './opening.types';

/** Longer than a session with its buffers. */
const MARGIN_MS = DAY_MS;

/** Which coaches have a free slot soon, for who lists many of them. */
@Injectable()
export class OpeningService {
  constructor(private readonly openings: OpeningRepository) {}

  /**
   * By coach id (users.id), in two queries however many they are; who has no profile is left out. An ordinary session
   * and nobody in particular are meant; the state of the account is not looked at.
   */
  async find(coachIds: readonly string[], now: Date): Promise<Map<string, Opening>> {
    const calendars = await this.openings.findCalendars(coachIds);
    const from = new Date(now.getTime() - MARGIN_MS);
    const to = new Date(now.getTime() + LOOKAHEAD_DAYS * DAY_MS + MARGIN_MS);
    const agendas = await this.openings.findAgendas(coachIds, from, to);
    return new Map(
      calendars.map((calendar) => {
        const agenda = agendas.get(calendar.coachId) ?? { taken: [], elsewhere: [], timeOff: [] };
        const scene = { calendar, ...agenda, booker: null, now };
        return [calendar.coachId, openingOf(scene, calendar.sessionDurationMin)];
      }),
    );
  }
}
