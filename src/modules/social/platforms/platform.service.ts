import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { SocialPlatform } from 'src/modules/social/entities/social-platform.entity';
import { PlatformNotFound } from 'src/modules/social/social.errors';
import type { CreatePlatformDto, UpdatePlatformDto } from './platform.dto';
import { PlatformRepository } from './platform.repository';

/** The platforms that people may link to (contract §4.28). Lists are by position. */
@Injectable()
export class PlatformService {
  constructor(
    private readonly platforms: PlatformRepository,
    private readonly audit: AuditLog,
  ) {}

  async active(): Promise<SocialPlatform[]> {
    return this.platforms.all({ activeOnly: true });
  }

  async all(): Promise<SocialPlatform[]> {
    return this.platforms.all({ activeOnly: false });
  }

  /** @throws PlatformExists */
  @Transactional()
  async create({ slug, label, icon_url = null, active, position }: CreatePlatformDto): Promise<SocialPlatform> {
    const write = { slug, label, iconUrl: icon_url, active, position: position ?? null };
    const platform = await this.platforms.insert(write);
    await this.audit.write('social_platform.created', { type: 'social_platform', id: platform.id });
    return platform;
  }

  /** @throws PlatformNotFound */
  @Transactional()
  async update(id: string, dto: UpdatePlatformDto): Promise<SocialPlatform> {
    const platform = orThrow(await this.platforms.lock(id), PlatformNotFound);
    const { label = platform.label, active = platform.active, position = platform.position } = dto;
    const iconUrl = dto.icon_url === undefined ? platform.iconUrl : dto.icon_url;
    const changed = { ...platform, label, iconUrl, active, position };
    await this.platforms.update(changed);
    await this.audit.write('social_platform.updated', { type: 'social_platform', id });
    return changed;
  }

  /** One that somebody links to is only switched off: his link stays his. @throws PlatformNotFound */
  @Transactional()
  async remove(id: string): Promise<void> {
    const platform = orThrow(await this.platforms.lock(id), PlatformNotFound);
    if (await this.platforms.isUsed(platform.slug)) await this.platforms.update({ ...platform, active: false });
    else await this.platforms.remove(id);
    await this.audit.write('social_platform.removed', { type: 'social_platform', id });
  }
}
