import { Id, Optional, Text, Whole } from 'src/common/http/fields';
import { KnownVariables, MAX_MESSAGE } from './message.fields';
import { MAX_TEMPLATES } from './template.rules';

export class CreateTemplateDto {
  @Text({ min: 2, max: 40 })
  title: string;

  /** May hold `{prénom}`, `{date}`, `{heure}` and `{coach}`. */
  @Text({ min: 10, max: MAX_MESSAGE, multiline: true })
  @KnownVariables()
  body: string;
}

export class UpdateTemplateDto {
  @Optional()
  @Text({ min: 2, max: 40 })
  title?: string;

  /** May hold `{prénom}`, `{date}`, `{heure}` and `{coach}`. */
  @Optional()
  @Text({ min: 10, max: MAX_MESSAGE, multiline: true })
  @KnownVariables()
  body?: string;

  /** Changes places with the one that stands there; beyond the last one means the last place. */
  @Optional()
  @Whole(1, MAX_TEMPLATES)
  position?: number;
}

export class TemplatePositionDto {
  @Id()
  id: string;

  @Whole(1, MAX_TEMPLATES)
  position: number;
}

export class PreviewTemplateDto {
  /** One of the coach's own bookings. */
  @Id()
  booking_id: string;
}
