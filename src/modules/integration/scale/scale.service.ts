import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { ValidationFailed } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import type { ListMeasurementsQuery, ManualMeasurementDto } from './scale.dto';
import { ScaleRepository } from './scale.repository';
import { bmiOf, isTooFarAhead } from './scale.rules';

/** What a body weighs and consists of. For its owner alone: no coach sees it. */
@Injectable()
export class ScaleService {
  constructor(
    private readonly measurements: ScaleRepository,
    private readonly profiles: ClientProfileService,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down what somebody read off a scale. A second one of the same instant takes the place of the first.
   *
   * @throws ValidationFailed for what is more than five minutes ahead
   */
  @Transactional()
  async enter(me: Principal, dto: ManualMeasurementDto): Promise<BodyMeasurement> {
    const now = this.clock.now();
    const measuredAt = dto.measured_at ?? now;
    if (isTooFarAhead(measuredAt, now)) throw new ValidationFailed([{ field: 'measured_at', code: 'too_large' }]);
    const reading = {
      ...{ measuredAt, weightKg: dto.weight_kg, fatPct: dto.fat_pct ?? null, musclePct: dto.muscle_pct ?? null },
      ...{ waterPct: dto.water_pct ?? null, boneKg: dto.bone_kg ?? null },
      bmi: dto.bmi ?? bmiOf(dto.weight_kg, await this.profiles.heightCmOf(me.userId)),
    };
    await this.measurements.store(me.userId, 'manual', [reading], now);
    const kept = await this.measurements.find(me.userId, measuredAt, 'manual');
    if (!kept) throw new Error('a measurement that was written is there');
    return kept;
  }

  /** The latest first. @throws ValidationFailed `invalid_date_range` */
  async page(me: Principal, query: ListMeasurementsQuery): Promise<Rows<BodyMeasurement>> {
    const range = resolveRange(query, me.timezone);
    return this.measurements.page(me.userId, range, query.source ?? null, query);
  }
}
