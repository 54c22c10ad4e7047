import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { SmsStatus } from 'src/modules/messaging/sms/sms.state';

/** An SMS of a coach to a client: written with what it tells, sent after it. */
@Entity('sms_messages')
@Unique('sms_messages_provider_message_id', ['providerMessageId'])
@Index('sms_messages_coach_id', { synchronize: false })
export class SmsMessage {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** One broadcast, or the SMS of one bulk act. */
  @Index('sms_messages_batch_id')
  @Column('uuid')
  batchId: string;

  @Column('uuid')
  coachId: string;

  /** Null once the client is erased. */
  @Index('sms_messages_client_id')
  @Column('uuid', { nullable: true })
  clientId: string | null;

  /** Null where the coach wrote the text himself, or the template is no more. */
  @Index('sms_messages_template_id')
  @Column('uuid', { nullable: true })
  templateId: string | null;

  /** E.164. */
  @Column('text')
  phone: string;

  /** Encrypted. */
  @Column('text')
  body: string;

  @Column('text')
  status: SmsStatus;

  /** How the provider calls it. */
  @Column('text', { nullable: true })
  providerMessageId: string | null;

  /** Ours, or the provider's: `opted_out`, `twilio 30003`. */
  @Column('text', { nullable: true })
  errorCode: string | null;

  /** What is not sent by then is not sent. */
  @Column('timestamptz')
  usefulUntil: Date;

  /** From then on it may have arrived, whatever we know of it. */
  @Column('timestamptz', { nullable: true })
  firstTriedAt: Date | null;

  /** Somebody is sending it until then, by the clock of the database. */
  @Column('timestamptz', { nullable: true })
  leasedUntil: Date | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Index('sms_messages_created_at')
  @Column('timestamptz')
  createdAt: Date;
}
