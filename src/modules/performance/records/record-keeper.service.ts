import { Injectable } from '@nestjs/common';
import { RecordRepository } from './record.repository';
import { earlier, type Lift, type Place, recordsAmong, unmatched } from './record.rules';
import type { MarkedLift } from './record.types';

/** The records from some place of a history on, as they are now. */
export interface RenewedRecords {
  /** Those that a session has set. */
  of(sessionId: string): Lift[];
  /** Those that no other session of the owner reaches. */
  unmatchedOf(sessionId: string): Lift[];
}

/**
 * Keeps the marks equal to what the whole history says (rules §11.4). What happened before a place does not depend on
 * what happens after it: so a write looks at the history from the first place that it touched, above the heaviest
 * weight before. An entry for today looks at itself alone.
 */
@Injectable()
export class RecordKeeper {
  constructor(private readonly records: RecordRepository) {}

  /**
   * In the caller's transaction, which holds the owner.
   *
   * @param exerciseTypeIds all that were written, or written over
   * @param touched the places that were written, or written over
   */
  async renew(
    userId: string,
    exerciseTypeIds: ReadonlySet<string>,
    touched: readonly Place[],
  ): Promise<RenewedRecords> {
    const [first, ...others] = touched;
    if (!first || exerciseTypeIds.size === 0) return { of: () => [], unmatchedOf: () => [] };
    const from = others.reduce(earlier, first);
    const ceilings = await this.records.ceilings(userId, [...exerciseTypeIds], from);
    const lifts = await this.records.lifts(userId, [...exerciseTypeIds], from);
    const records = recordsAmong(lifts, ceilings);
    await this.mark(lifts, records);
    return {
      of: (sessionId) => records.filter((record) => record.sessionId === sessionId),
      unmatchedOf: (sessionId) => unmatched(records, lifts, sessionId),
    };
  }

  private async mark(lifts: readonly MarkedLift[], records: readonly Lift[]): Promise<void> {
    const recordIds = new Set(records.map(({ setId }) => setId));
    const turned = lifts.filter(({ setId, isRecord }) => isRecord !== recordIds.has(setId));
    if (turned.length === 0) return;
    const turnedIds = turned.map(({ setId }) => setId);
    await this.records.mark(turnedIds, [...recordIds]);
  }
}
