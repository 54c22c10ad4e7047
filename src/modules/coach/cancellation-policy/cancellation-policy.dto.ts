import { given, writtenOrNull } from 'src/common/http/changes';
import { Choice, Flag, Nullable, Optional, Text, Whole } from 'src/common/http/fields';
import { type CancellationPolicy, POLICY_MODES, type PolicyMode } from 'src/modules/coach/coach.types';

export class CancellationPolicyDto {
  /** A client cancels for free until so many hours before the start. */
  @Optional()
  @Whole(1, 168)
  threshold_hours?: number;

  /** Whether a penalty falls by itself, or waits for the coach to apply it. */
  @Optional()
  @Choice(POLICY_MODES)
  mode?: PolicyMode;

  @Optional()
  @Flag()
  noshow_is_due?: boolean;

  /** Shown to clients. */
  @Nullable()
  @Text({ max: 500, multiline: true })
  client_message?: string | null;
}

/** What of the policy a request names. */
export function policyIn(dto: CancellationPolicyDto): Partial<CancellationPolicy> {
  return given<CancellationPolicy>({
    thresholdHours: dto.threshold_hours,
    mode: dto.mode,
    noshowIsDue: dto.noshow_is_due,
    clientMessage: writtenOrNull(dto.client_message),
  });
}
