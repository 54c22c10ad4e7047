export const FEEDBACK_TYPES = ['suggestion', 'bug_report'] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];

/** Administrators move it as they like. */
export const FEEDBACK_STATUSES = ['pending', 'reviewing', 'resolved', 'rejected'] as const;
export type FeedbackStatus = (typeof FEEDBACK_STATUSES)[number];
