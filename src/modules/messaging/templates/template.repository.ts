import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { MessageTemplate } from 'src/modules/messaging/entities/message-template.entity';

/** In one statement: positions are compared when it ends, so two may change places. */
const ARRANGE: Statement = {
  name: 'template_arrange',
  text: `UPDATE message_templates SET position = wished.position, updated_at = $3
         FROM unnest($2::uuid[]) WITH ORDINALITY AS wished (id, position)
         WHERE message_templates.id = wished.id AND message_templates.coach_id = $1
           AND message_templates.position <> wished.position`,
};

/** What a coach writes. */
export type TemplateTexts = Pick<MessageTemplate, 'title' | 'body'>;

/** Every write is made under the lock of the coach. */
@Injectable()
export class TemplateRepository {
  constructor(private readonly database: Database) {}

  /** By position. */
  async findByCoach(coachId: string): Promise<MessageTemplate[]> {
    return this.database.repository(MessageTemplate).find({ where: { coachId }, order: { position: 'ASC' } });
  }

  async findOwned(coachId: string, id: string): Promise<MessageTemplate | null> {
    return this.database.repository(MessageTemplate).findOneBy({ id, coachId });
  }

  async insert(
    coachId: string,
    texts: TemplateTexts,
    { position, isDefault }: Pick<MessageTemplate, 'position' | 'isDefault'>,
    now: Date,
  ): Promise<MessageTemplate> {
    const repository = this.database.repository(MessageTemplate);
    const row = repository.create({ coachId, ...texts, position, isDefault, createdAt: now, updatedAt: now });
    await repository.insert(row);
    return row;
  }

  async update({ id }: MessageTemplate, texts: Partial<TemplateTexts>, now: Date): Promise<void> {
    await this.database.repository(MessageTemplate).update({ id }, { ...texts, updatedAt: now });
  }

  /** Gives all of a coach's templates their positions, first to last. */
  async arrange(coachId: string, ids: readonly string[], now: Date): Promise<void> {
    await this.database.execute(ARRANGE, [coachId, ids, now]);
  }

  async delete({ id }: MessageTemplate): Promise<void> {
    await this.database.repository(MessageTemplate).delete({ id });
  }
}
