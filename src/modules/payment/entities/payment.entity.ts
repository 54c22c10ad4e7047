import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PaymentMethod, PaymentStatus } from 'src/modules/payment/payments/payment.state';

/** Money that a client owes or gave, as the coach records it; for a package, for a booking, or for neither. */
@Entity('payments')
export class PaymentEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid', { nullable: true })
  packageId: string | null;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('integer')
  amountCents: number;

  @Column('character', { length: 3 })
  currency: string;

  @Column('text')
  paymentMethod: PaymentMethod;

  @Column('text', { nullable: true })
  reference: string | null;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text')
  status: PaymentStatus;

  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  /** After it a pending payment is late; null = never. */
  @Column('timestamptz', { nullable: true })
  dueAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
