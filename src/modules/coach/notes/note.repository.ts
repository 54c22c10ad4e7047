import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import type { CoachNote } from './note.types';

const FIND: Statement = {
  name: 'coach_note_find',
  text: `SELECT client_id AS "clientId", content, updated_at AS "updatedAt" FROM coach_notes
         WHERE coach_id = $1 AND client_id = ANY ($2::uuid[])`,
};
const WRITE: Statement = {
  name: 'coach_note_write',
  text: `INSERT INTO coach_notes (coach_id, client_id, content, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (coach_id, client_id) DO UPDATE SET content = $3, updated_at = $4`,
};
const REMOVE: Statement = {
  name: 'coach_note_remove',
  text: 'DELETE FROM coach_notes WHERE coach_id = $1 AND client_id = $2',
};

interface NoteRow {
  clientId: string;
  content: string;
  updatedAt: Date;
}

@Injectable()
export class NoteRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'coach_notes', columns: ['content'], rowId: "coach_id || '/' || client_id" });
  }

  /** By client id; a client without a note is left out. */
  async ofClients(coachId: string, clientIds: readonly string[]): Promise<Map<string, CoachNote>> {
    if (clientIds.length === 0) return new Map();
    const rows = await this.database.query<NoteRow>(FIND, [coachId, clientIds]);
    return new Map(
      rows.map(({ clientId, content, updatedAt }) => [
        clientId,
        { content: this.cipher.decrypt(place(coachId, clientId), content), updatedAt },
      ]),
    );
  }

  async write(coachId: string, clientId: string, content: string, now: Date): Promise<void> {
    await this.database.execute(WRITE, [
      coachId,
      clientId,
      this.cipher.encrypt(place(coachId, clientId), content),
      now,
    ]);
  }

  async remove(coachId: string, clientId: string): Promise<void> {
    await this.database.execute(REMOVE, [coachId, clientId]);
  }
}

/** The pair is the key of the row. */
function place(coachId: string, clientId: string): CipherPlace {
  return { table: 'coach_notes', rowId: `${coachId}/${clientId}`, column: 'content' };
}
