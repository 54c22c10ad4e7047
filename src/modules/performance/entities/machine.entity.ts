import type { MachineStatus, MachineType } from 'src/modules/performance/machines/machine.types';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A machine of a club, as somebody described it. Nobody sees it before an admin has accepted it. */
@Entity('machines')
@Index('machines_qr_code_hash', ['qrCodeHash'], { unique: true, where: `status IN ('pending', 'validated')` })
@Index('machines_pending', ['createdAt', 'id'], { where: `status = 'pending'` })
export class Machine {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  typeKey: MachineType;

  @Column({ type: 'text', nullable: true })
  brand: string | null;

  @Column({ type: 'text', nullable: true })
  model: string | null;

  /** https; shown, never fetched. */
  @Column({ type: 'text', nullable: true })
  photoUrl: string | null;

  @Column({ type: 'text' })
  status: MachineStatus;

  /** Written by an admin for the contributor. */
  @Column({ type: 'text', nullable: true })
  rejectionReason: string | null;

  /** What its QR code says; a validated machine always has one. */
  @Column({ type: 'text', nullable: true })
  qrCodeHash: string | null;

  /** Null = the account is gone. */
  @Index('machines_submitted_by')
  @Column({ type: 'uuid', nullable: true })
  submittedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  reviewedAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
