import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A picture in the store that nobody shows: not yet, or no more. */
@Entity('stray_photos')
@Index('stray_photos_since', ['since'])
export class StrayPhoto {
  @PrimaryColumn({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz' })
  since: Date;
}
