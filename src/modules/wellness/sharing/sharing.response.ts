import { ApiProperty } from '@nestjs/swagger';
import type { HealthSharingView } from './sharing.types';

export class SharingSettingResponse {
  @ApiProperty({ format: 'uuid' })
  parameter_id: string;
  parameter_slug: string;
  /** The coach sees its values while the relation is active or paused. */
  shared: boolean;
}

/** What of the caller one coach may see, by active parameter. */
export class HealthSharingResponse {
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  settings: SharingSettingResponse[];

  static from({ coachId, settings }: HealthSharingView): HealthSharingResponse {
    return {
      coach_id: coachId,
      settings: settings.map(({ parameter, shared }) => ({
        parameter_id: parameter.id,
        parameter_slug: parameter.slug,
        shared,
      })),
    };
  }
}
