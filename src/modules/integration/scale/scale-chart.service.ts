import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { PALETTES } from 'src/common/chart/theme';
import { type Language, localeIn } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { resolveRange } from 'src/common/paging/range';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import type { ScaleChartQuery } from './scale.dto';
import { ScaleRepository } from './scale.repository';
import { scaleChart } from './scale-chart.template';

/** More of them than anybody can tell apart on a picture: more than a year of mornings. */
const MOST_POINTS = 500;

/** The own weight as a picture, in the language and the unit of the caller (contract §4.30). */
@Injectable()
export class ScaleChartService {
  constructor(
    private readonly measurements: ScaleRepository,
    private readonly profiles: ClientProfileService,
    private readonly translator: Translator,
  ) {}

  /** SVG of the latest 500 of the time asked for. @throws ValidationFailed `invalid_date_range` */
  async chart(me: Principal, query: ScaleChartQuery, language: Language): Promise<Buffer> {
    const readings = await this.measurements.latest(me.userId, resolveRange(query, me.timezone), MOST_POINTS);
    const reader = {
      ...{ language, locale: localeIn(language, me.locale), timezone: me.timezone, width: query.width },
      ...{ unit: await this.profiles.weightUnitOf(me.userId), palette: PALETTES[query.theme] },
    };
    return Buffer.from(
      scaleChart(readings, reader, (key, values) =>
        this.translator.text(language, `integration.scale_chart.${key}`, values),
      ),
    );
  }
}
