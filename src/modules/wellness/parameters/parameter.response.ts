import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { HealthParameter } from 'src/modules/wellness/entities/health-parameter.entity';
import {
  CATEGORIES,
  DATA_TYPES,
  type ParameterCategory,
  type ParameterDataType,
  type ParameterLabel,
} from 'src/modules/wellness/wellness.types';

/** What people may measure of themselves. */
export class HealthParameterResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  slug: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Language → text',
    example: { en: 'Weight', fr: 'Poids', es: 'Peso', pt: 'Peso' },
  })
  label: ParameterLabel;
  unit: string | null;
  @ApiProperty({ enum: DATA_TYPES })
  data_type: ParameterDataType;
  @ApiProperty({ enum: CATEGORIES })
  category: ParameterCategory;
  /** Values may be entered, and are shown. */
  active: boolean;
  @ApiProperty({ type: 'integer' })
  position: number;
  @ApiInstant()
  created_at: string;

  static from(parameter: HealthParameter): HealthParameterResponse {
    return {
      id: parameter.id,
      slug: parameter.slug,
      label: parameter.label,
      unit: parameter.unit,
      data_type: parameter.dataType,
      category: parameter.category,
      active: parameter.active,
      position: parameter.position,
      created_at: wireInstant(parameter.createdAt),
    };
  }
}
