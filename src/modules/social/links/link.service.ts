import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import type { SocialLink } from 'src/modules/social/entities/social-link.entity';
import { PlatformRepository } from 'src/modules/social/platforms/platform.repository';
import { LinkNotFound, TooManyLinks } from 'src/modules/social/social.errors';
import { LINKS_ON_A_CARD, MOST_LINKS } from 'src/modules/social/social.types';
import type { CreateLinkDto, UpdateLinkDto } from './link.dto';
import { LinkRepository } from './link.repository';

export type { SocialLink } from 'src/modules/social/entities/social-link.entity';

/** A link after it was saved, and whether it was there before. */
export interface SavedLink {
  link: SocialLink;
  isNew: boolean;
}

/** Where else people are found (rules §18.1). Lists are by position, then as they were made. */
@Injectable()
export class SocialLinkService {
  constructor(
    private readonly links: LinkRepository,
    private readonly platforms: PlatformRepository,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /** All of them, as their owner sees them. */
  async ofOwner(userId: string): Promise<SocialLink[]> {
    return this.links.findByOwner(userId);
  }

  /**
   * What somebody else sees of a person.
   *
   * @param options.toCoach whether who looks trains that person now
   */
  async shownOf(userId: string, options: { toCoach: boolean }): Promise<SocialLink[]> {
    return this.links.findShown(userId, options);
  }

  /** What cards show, in one query: the first three public ones of each person. Who has none is left out. */
  async onCards(userIds: readonly string[]): Promise<Map<string, SocialLink[]>> {
    return this.links.findFirstPublic(userIds, LINKS_ON_A_CARD);
  }

  /**
   * Adds a link. One of a platform that the caller has already linked to takes the place of that one, as a whole.
   *
   * @throws ValidationFailed `invalid_platform`, TooManyLinks
   */
  @Transactional()
  async save(me: Principal, dto: CreateLinkDto): Promise<SavedLink> {
    const { platform = null, label = null, url, visibility, position } = dto;
    const write = { label, url, visibility, position };
    await this.users.lock(me.userId);
    if (platform !== null && !(await this.platforms.holdActive(platform)))
      throw new ValidationFailed([{ field: 'platform', code: 'invalid_platform' }]);
    const now = this.clock.now();
    const before = platform === null ? null : await this.links.findOfPlatform(me.userId, platform);
    if (before) return { link: orThrow(await this.links.update(before.id, write, now), LinkNotFound), isNew: false };
    if ((await this.links.count(me.userId)) >= MOST_LINKS) throw new TooManyLinks();
    return { link: await this.links.insert(me.userId, platform, write, now), isNew: true };
  }

  /** @throws LinkNotFound, ValidationFailed `label_required` when a link of its own kind would lose its label */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdateLinkDto): Promise<SocialLink> {
    const link = orThrow(await this.links.findOwned(me.userId, id), LinkNotFound);
    const { url = link.url, visibility = link.visibility, position = link.position } = dto;
    const label = dto.label === undefined ? link.label : dto.label;
    if (link.platform === null && label === null)
      throw new ValidationFailed([{ field: 'label', code: 'label_required' }]);
    const write = { label, url, visibility, position };
    return orThrow(await this.links.update(id, write, this.clock.now()), LinkNotFound);
  }

  /** @throws LinkNotFound */
  @Transactional()
  async remove(me: Principal, id: string): Promise<void> {
    if (!(await this.links.remove(me.userId, id))) throw new LinkNotFound();
  }
}
