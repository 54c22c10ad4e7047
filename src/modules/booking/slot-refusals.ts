import type { Refusals } from 'src/common/http/refuses';

/** Why a slot that was wished for cannot be had. */
export const SLOT_REFUSALS: Refusals = {
  404: ['coach_not_found'],
  409: ['slot_unavailable', 'client_busy', 'duplicate_booking'],
  422: ['slot_in_past', 'notice_too_short', 'beyond_booking_horizon', 'slot_outside_availability', 'coach_on_time_off'],
};
