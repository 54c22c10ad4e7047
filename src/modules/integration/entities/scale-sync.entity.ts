import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An account whose scale is read, and how far. */
@Entity('scale_syncs')
@Index('scale_syncs_due_at', ['dueAt'])
export class ScaleSync {
  @PrimaryColumn('uuid')
  userId: string;

  /** Tells one connection from the next. */
  @Column('timestamptz')
  connectedAt: Date;

  /** Seconds since 1970, by the clock of the provider: everything that changed until then is known. */
  @Column('bigint', { transformer: { to: (value: number) => value, from: (value: string) => Number(value) } })
  knownUntil: number;

  @Column('timestamptz')
  dueAt: Date;
}
