import { Instant, Nullable, Text, Whole } from 'src/common/http/fields';

const MOST_USES = 1_000_000;

export class CreateEnrollmentTokenDto {
  /** For the coach; shown to who opens the link. */
  @Nullable()
  @Text({ max: 100 })
  label?: string | null;

  /** In the future. Null: never. */
  @Nullable()
  @Instant()
  expires_at?: Date | null;

  /** Null: as often as people want. */
  @Nullable()
  @Whole(1, MOST_USES)
  max_uses?: number | null;
}
