export const RELATION_STATUSES = ['pending', 'discovery', 'active', 'paused', 'ended'] as const;
export type RelationStatus = (typeof RELATION_STATUSES)[number];

/** How a coach and a client stand to each other; one for each pair. */
export interface Relation {
  id: string;
  /** users.id */
  coachId: string;
  /** users.id */
  clientId: string;
  status: RelationStatus;
  /** Single sessions for this client, whatever prices are public; decided by the coach. */
  allowUnitBooking: boolean;
  /** All performances for this coach, not only those of their sessions; decided by the client. */
  sharePerformances: boolean;
  /** When their first session was done; null before. */
  firstDoneAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What a session of the pair was. */
export type SessionKind = 'discovery' | 'session';

/** What a coach may see of a client (rules §6.3). */
export interface Visibility {
  /** E-mail address and phone number. */
  contact: boolean;
  /** Profile, and questionnaire with injuries. */
  profile: boolean;
  /** Performances that the coach entered, or that belong to a booking of the pair. */
  ownPerformances: boolean;
  /** The other performances, records, statistics, and the progress of a generated programme. */
  allPerformances: boolean;
  /** The progress of a plan that the coach assigned. */
  assignedPlans: boolean;
  /** Wellness values, as far as the client shares them with this coach. */
  wellness: boolean;
  /** The names of the client's other active coaches. */
  otherCoaches: boolean;
}

/** What a coach changes of a relation by hand; what is not given stays as it is. */
export interface RelationChange {
  status?: RelationStatus;
  allowUnitBooking?: boolean;
  /** Why the status changes: kept for the coach, told to nobody. */
  reason?: string | null;
}
