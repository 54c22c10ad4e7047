import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Where people may be found. Managed by admins. */
@Entity('social_platforms')
@Unique('social_platforms_slug', ['slug'])
export class SocialPlatform {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Its name on the wire, for ever. */
  @Column('text')
  slug: string;

  @Column('text')
  label: string;

  @Column('text', { nullable: true })
  iconUrl: string | null;

  /** No: nobody links to it any more, and links that are there are shown to their owners alone. */
  @Column('boolean')
  active: boolean;

  @Column('integer')
  position: number;
}
