/** Why a target was changed. */
export const ADJUSTMENT_REASONS = ['raised', 'lowered', 'first_weight', 'first_without_weights'] as const;
export type AdjustmentReasonKey = (typeof ADJUSTMENT_REASONS)[number];

/** The key of a text, and what it is filled with; a figure whose name ends in `_kg` is a weight. */
export interface AdjustmentReason {
  key: AdjustmentReasonKey;
  figures: Record<string, number>;
}
