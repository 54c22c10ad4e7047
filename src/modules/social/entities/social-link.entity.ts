import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { LinkVisibility } from 'src/modules/social/social.types';

/** Where else somebody is found. */
@Entity('social_links')
@Unique('social_links_one_a_platform', ['userId', 'platform'])
@Index('social_links_user_id', ['userId', 'position', 'createdAt', 'id'])
export class SocialLink {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  /** The platform's slug; null for one of its own kind, which has a label. */
  @Column('text', { nullable: true })
  platform: string | null;

  @Column('text', { nullable: true })
  label: string | null;

  @Column('text')
  url: string;

  @Column('text')
  visibility: LinkVisibility;

  @Column('integer')
  position: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
