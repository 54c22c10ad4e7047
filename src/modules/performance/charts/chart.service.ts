import { Injectable } from '@nestjs/common';
import type { ChartQuery } from 'src/common/chart/chart-query';
import type { ChartReader, Say } from 'src/common/chart/reader';
import { PALETTES } from 'src/common/chart/theme';
import type { Principal } from 'src/common/auth/principal';
import { type Language, localeIn } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { ProgressionService } from 'src/modules/performance/statistics/progression.service';
import { WeekService } from 'src/modules/performance/statistics/week.service';
import type { ProgressionChartQuery, WeekChartQuery } from './chart.dto';
import { progressionChart } from './progression-chart.template';
import { weekChart } from './week-chart.template';

/** The statistics as pictures, in the language and the unit of the caller (contract §4.30). */
@Injectable()
export class ChartService {
  constructor(
    private readonly progressions: ProgressionService,
    private readonly weeks: WeekService,
    private readonly profiles: ClientProfileService,
    private readonly translator: Translator,
  ) {}

  /** SVG. @throws what the statistics of an exercise throw */
  async exercise(me: Principal, id: string, query: ProgressionChartQuery, language: Language): Promise<Buffer> {
    const progression = await this.progressions.of(me, id, query, language);
    return Buffer.from(progressionChart(progression, await this.readerOf(me, query, language), this.say(language)));
  }

  /** SVG of the last weeks, this one included. */
  async week(me: Principal, query: WeekChartQuery, language: Language): Promise<Buffer> {
    const series = await this.weeks.series(me, query.weeks);
    const nameOf = (muscle: string): string => this.translator.text(language, `performance.muscle_groups.${muscle}`);
    return Buffer.from(weekChart(series, await this.readerOf(me, query, language), this.say(language), nameOf));
  }

  private async readerOf(me: Principal, { theme, width }: ChartQuery, language: Language): Promise<ChartReader> {
    const unit = await this.profiles.weightUnitOf(me.userId);
    const locale = localeIn(language, me.locale);
    return { language, locale, timezone: me.timezone, unit, palette: PALETTES[theme], width };
  }

  private say(language: Language): Say {
    return (key, values) => this.translator.text(language, `performance.charts.${key}`, values);
  }
}
