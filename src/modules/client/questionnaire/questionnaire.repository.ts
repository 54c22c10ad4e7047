import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { Database } from 'src/common/transaction/database';
import { Questionnaire } from 'src/modules/client/entities/questionnaire.entity';
import type { Answers } from './questionnaire.rules';

@Injectable()
export class QuestionnaireRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'questionnaires', columns: ['injuries'], rowId: 'user_id' });
  }

  /** With the injuries in clear. */
  async find(userId: string): Promise<Questionnaire | null> {
    const row = await this.database.repository(Questionnaire).findOneBy({ userId });
    return row && Object.assign(row, { injuries: this.cipher.decryptNullable(placeOf(userId), row.injuries) });
  }

  async exists(userId: string): Promise<boolean> {
    return this.database.repository(Questionnaire).existsBy({ userId });
  }

  async insert(userId: string, answers: Answers, now: Date): Promise<void> {
    const sealed = this.cipher.encryptNullable(placeOf(userId), answers.injuries);
    await this.database
      .repository(Questionnaire)
      .insert({ userId, ...answers, injuries: sealed, createdAt: now, updatedAt: now });
  }

  /** Changes what is not undefined. */
  async update(userId: string, answers: Partial<Answers>, now: Date): Promise<void> {
    const sealed =
      answers.injuries === undefined ? undefined : this.cipher.encryptNullable(placeOf(userId), answers.injuries);
    await this.database.repository(Questionnaire).update({ userId }, { ...answers, injuries: sealed, updatedAt: now });
  }
}

function placeOf(userId: string): CipherPlace {
  return { table: 'questionnaires', rowId: userId, column: 'injuries' };
}
