import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That somebody was erased: it says nothing of him, and is enough to do it again on a restored backup. */
@Entity('erasure_receipts')
@Index('erasure_receipts_unfiled', ['erasedAt'], { where: 'filed_at IS NULL' })
export class ErasureReceipt {
  /** Of a row that no longer holds anything of a person. */
  @PrimaryColumn('uuid')
  userId: string;

  @Column('timestamptz')
  requestedAt: Date;

  @Column('timestamptz')
  erasedAt: Date;

  /** Names of the parts that were asked. */
  @Column('text', { array: true })
  parts: string[];

  /** When it was written beside the database. */
  @Column('timestamptz', { nullable: true })
  filedAt: Date | null;
}
