/** Whether a new plan takes the place of all that are followed, generated or not, or comes beside them. */
export const ASSIGN_MODES = ['replace_ai', 'complement'] as const;
export type AssignMode = (typeof ASSIGN_MODES)[number];
