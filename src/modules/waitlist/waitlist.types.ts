import type { WaitlistEntryEntity } from './entities/waitlist-entry.entity';

/** An entry as it is read, with the names of its people. */
export type WaitlistEntry = WaitlistEntryEntity & { clientName: string; coachName: string };

/** The queue of one start of a coach. */
export interface QueueKey {
  coachId: string;
  startsAt: Date;
}

/** How many wait for a start, and where the caller stands. */
export interface QueueView {
  startsAt: Date;
  count: number;
  myPosition: number | null;
}
