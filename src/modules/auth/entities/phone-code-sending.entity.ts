import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When codes went to a number, and when an account had codes sent, over the last day. */
@Entity('phone_code_sendings')
@Index('phone_code_sendings_last_sent_at', ['lastSentAt'])
export class PhoneCodeSending {
  /** Keyed hash of the number, or of the account. */
  @PrimaryColumn('char', { length: 64 })
  subjectHash: string;

  @Column('timestamptz', { array: true })
  sentAt: Date[];

  @Column('timestamptz')
  lastSentAt: Date;
}
