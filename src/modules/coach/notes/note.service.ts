import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ClientNotFound } from 'src/modules/coach/relations/relation.errors';
import { RelationRepository } from 'src/modules/coach/relations/relation.repository';
import { NoteRepository } from './note.repository';
import type { CoachNote } from './note.types';

export type { CoachNote } from './note.types';

const NO_NOTE: CoachNote = { content: null, updatedAt: null };

/**
 * What a coach notes about a client: one text for each relation, encrypted, for this coach alone (rules §6.3). It is
 * never part of what a client or another coach is answered. `coachId` and `clientId` are users.id.
 */
@Injectable()
export class NoteService {
  constructor(
    private readonly notes: NoteRepository,
    private readonly relations: RelationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws ClientNotFound when the two have no relation */
  async find(coachId: string, clientId: string): Promise<CoachNote> {
    orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
    return (await this.notes.ofClients(coachId, [clientId])).get(clientId) ?? NO_NOTE;
  }

  /** By client id, in one query; a client without a note is left out. */
  async ofClients(coachId: string, clientIds: readonly string[]): Promise<Map<string, CoachNote>> {
    return this.notes.ofClients(coachId, clientIds);
  }

  /**
   * Replaces the note.
   *
   * @param content null or empty = no note any more
   * @throws ClientNotFound when the two have no relation
   */
  @Transactional()
  async write(coachId: string, clientId: string, content: string | null): Promise<CoachNote> {
    orThrow(await this.relations.lock(coachId, clientId), ClientNotFound);
    if (content === null || content === '') {
      await this.notes.remove(coachId, clientId);
      return NO_NOTE;
    }
    const at = this.clock.now();
    await this.notes.write(coachId, clientId, content, at);
    return { content, updatedAt: at };
  }
}
