/** A link as its coach sees it. */
export interface EnrollmentLink {
  id: string;
  /** In clear. */
  token: string;
  label: string | null;
  expiresAt: Date | null;
  /** Null = without limit. */
  maxUses: number | null;
  usesCount: number;
  /** Not switched off, by its coach or by its last use. */
  active: boolean;
  createdAt: Date;
}

/** A link that can be used at this moment. */
export interface UsableLink {
  id: string;
  coachId: string;
  label: string | null;
  expiresAt: Date | null;
}
