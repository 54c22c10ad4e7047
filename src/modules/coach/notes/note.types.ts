/** What a coach notes about a client. Both are null when there is no note. */
export interface CoachNote {
  content: string | null;
  updatedAt: Date | null;
}
