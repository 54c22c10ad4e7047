import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A club. Which one it is says what its chain calls it, or else chain, name and postal code. */
@Entity('gyms')
@Index('gyms_external_id', { synchronize: false })
@Index('gyms_place', { synchronize: false })
@Index('gyms_same_place', { synchronize: false })
@Index('gyms_order', { synchronize: false })
@Index('gyms_zip_code', { synchronize: false })
@Index('gyms_text', { synchronize: false })
export class Gym {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Null = a club of its own. */
  @Index('gyms_chain_id')
  @Column({ type: 'uuid', nullable: true })
  chainId: string | null;

  /** The chain's own name for it. */
  @Column({ type: 'text', nullable: true })
  externalId: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** In capitals. */
  @Column({ type: 'text', nullable: true })
  zipCode: string | null;

  @Column({ type: 'text' })
  city: string;

  @Column({ type: 'char', length: 2 })
  country: string;

  /** Degrees; there with `lng`, or neither. */
  @Column({ type: 'double precision', nullable: true })
  lat: number | null;

  @Column({ type: 'double precision', nullable: true })
  lng: number | null;

  /** E.164. */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  websiteUrl: string | null;

  @Column({ name: 'open_24h', type: 'boolean', default: false })
  open24h: boolean;

  /** Only then is it shown. */
  @Column({ type: 'boolean', default: false })
  validated: boolean;

  /** Name, city, address and postal code without case and accents; kept by a trigger. */
  @Column({ type: 'text', select: false, insert: false, update: false })
  searched: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
