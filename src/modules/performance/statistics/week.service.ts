import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { QuestionnaireService } from 'src/modules/client/questionnaire/questionnaire.service';
import type { WeekFigures, WeekSeries } from './statistics.types';
import { WeekRepository } from './week.repository';
import { currentMonday, monthFrom, streakOf, weekFrom, weeksUntil } from './week.rules';

/** Training by weeks, which begin and end in the zone of their owner (rules §11.6). */
@Injectable()
export class WeekService {
  constructor(
    private readonly rows: WeekRepository,
    private readonly questionnaires: QuestionnaireService,
    private readonly clock: Clock,
  ) {}

  /** @param weekStart a Monday, `YYYY-MM-DD`; without it the one of this week. The streak is always that of today. */
  async of(me: Principal, weekStart?: string): Promise<WeekFigures> {
    const now = this.clock.now();
    const monday = weekStart ?? currentMonday(now, me.timezone);
    const week = weekFrom(monday, me.timezone);
    const tally = await this.rows.tally(me.userId, week, monthFrom(monday, me.timezone));
    const { setsCount, muscles } = await this.rows.sets(me.userId, week);
    const worked = new Set(muscles.map(({ muscle }) => muscle));
    const recent = await this.rows.recent(me.userId, now);
    const questionnaire = await this.questionnaires.find(me.userId);
    return {
      ...tally,
      weekStart: monday,
      sessionsTarget: questionnaire?.frequencyPerWeek ?? null,
      setsCount,
      muscles: MUSCLE_GROUPS.filter((muscle) => worked.has(muscle)),
      streakDays: streakOf(recent, now, me.timezone),
    };
  }

  /** The last `count` weeks, this one included. */
  async series(me: Principal, count: number): Promise<WeekSeries> {
    const weeks = weeksUntil(this.clock.now(), me.timezone, count);
    const volumes = await this.rows.series(me.userId, weeks);
    const [first, last] = [weeks.at(0), weeks.at(-1)];
    if (!first || !last) throw new Error('there is at least one week');
    return { weeks: volumes, work: await this.rows.sets(me.userId, { from: first.from, to: last.to }) };
  }
}
