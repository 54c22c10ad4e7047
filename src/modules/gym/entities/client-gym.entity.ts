import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A club that somebody likes. Everybody has 10 numbered places for them. */
@Entity('client_gyms')
@Index('client_gyms_place', ['clientId', 'place'], { unique: true })
export class ClientGym {
  @PrimaryColumn('uuid')
  clientId: string;

  @Index('client_gyms_gym_id')
  @PrimaryColumn('uuid')
  gymId: string;

  /** 1–10. */
  @Column({ type: 'smallint' })
  place: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
