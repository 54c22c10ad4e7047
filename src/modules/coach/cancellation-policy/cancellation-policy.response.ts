import { ApiProperty } from '@nestjs/swagger';
import { type CancellationPolicy, POLICY_MODES, type PolicyMode } from 'src/modules/coach/coach.types';

export class CancellationPolicyResponse {
  threshold_hours: number;
  @ApiProperty({ enum: POLICY_MODES })
  mode: PolicyMode;
  noshow_is_due: boolean;
  client_message: string | null;

  static from(policy: CancellationPolicy): CancellationPolicyResponse {
    return {
      threshold_hours: policy.thresholdHours,
      mode: policy.mode,
      noshow_is_due: policy.noshowIsDue,
      client_message: policy.clientMessage,
    };
  }
}
