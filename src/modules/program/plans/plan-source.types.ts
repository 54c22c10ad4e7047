/** Generated, or written by a coach. */
export const PLAN_SOURCES = ['ai', 'coach'] as const;
export type PlanSource = (typeof PLAN_SOURCES)[number];
