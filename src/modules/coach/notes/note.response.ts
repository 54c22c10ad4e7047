import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstantOrNull } from 'src/common/http/instants';
import type { CoachNote } from './note.types';

/** What a coach notes about a client, for himself. */
export class CoachNoteResponse {
  @ApiProperty({ type: String, nullable: true })
  content: string | null;
  @ApiInstant({ nullable: true })
  updated_at: string | null;

  static from({ content, updatedAt }: CoachNote): CoachNoteResponse {
    return { content, updated_at: wireInstantOrNull(updatedAt) };
  }
}
