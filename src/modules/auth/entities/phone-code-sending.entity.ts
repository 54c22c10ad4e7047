import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When codes went to a number, when an account had codes sent, and when any were sent, over the last day. */
@Entity('phone_code_sendings')
@Index('phone_code_sendings_last_sent_at', ['lastSentAt'])
export class PhoneCodeSending {
  /** Keyed hash of the number, of the account, or of a word for all of them. */
  @PrimaryColumn('char', { length: 64 })
  subjectHash: string;

  @Column('timestamptz', { array: true })
  sentAt: Date[];

  @Column('timestamptz')
  lastSentAt: Date;
}
