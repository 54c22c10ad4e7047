import type { PublicUser } from 'src/modules/auth/user.service';
import type { Goal } from 'src/modules/client/profile/profile.types';
import type { Relation, Visibility } from 'src/modules/coach/relations/relation.types';

export const CLIENT_SORTS = ['name', 'last_activity', 'sessions_remaining'] as const;
export type ClientSort = (typeof CLIENT_SORTS)[number];

export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** A client as the tables have him: who he is and how he stands to the coach, with nothing hidden yet. */
export interface ClientRow extends PublicUser {
  email: string;
  phone: string | null;
  goal: Goal | null;
  relation: Relation;
}

/** A client as the coach may see him: what rules §6.3 hides is null. */
export interface ClientView {
  person: PublicUser;
  relation: Relation;
  sees: Visibility;
  email: string | null;
  phone: string | null;
  goal: Goal | null;
  /** The coach's own. */
  note: string | null;
  /** Of the active packages of the pair. */
  sessionsRemaining: number;
  /** Start of the latest session done. */
  lastSessionAt: Date | null;
  /** Start of the next active booking. */
  nextSessionAt: Date | null;
  /** Sessions done. */
  sessionsCount: number;
}
