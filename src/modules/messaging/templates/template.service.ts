import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import type { MessageTemplate } from 'src/modules/messaging/entities/message-template.entity';
import { DefaultTemplateService } from './default-template.service';
import type { CreateTemplateDto, TemplatePositionDto, UpdateTemplateDto } from './template.dto';
import { LastTemplate, MaxTemplatesReached, TemplateNotFound } from './template.errors';
import { TemplateRepository } from './template.repository';
import { faultsOfWishes, MAX_TEMPLATES, reordered, swapped } from './template.rules';

/**
 * The messages that a coach has ready (rules §10): one to five, at the positions 1..n. Every write takes the coach's
 * lock first, so that of many at once each sees what the one before it left.
 */
@Injectable()
export class TemplateService {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly defaults: DefaultTemplateService,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /** By position, never empty. @throws CoachProfileNotFound */
  async list(me: Principal): Promise<MessageTemplate[]> {
    const found = await this.templates.findByCoach(me.userId);
    return found.length > 0 ? found : this.start(me);
  }

  /** In last position. @throws CoachProfileNotFound, MaxTemplatesReached */
  @Transactional()
  async create(me: Principal, { title, body }: CreateTemplateDto): Promise<MessageTemplate> {
    const own = await this.hold(me);
    if (own.length >= MAX_TEMPLATES) throw new MaxTemplatesReached();
    const place = { position: own.length + 1, isDefault: false };
    return this.templates.insert(me.userId, { title, body }, place, this.clock.now());
  }

  /** Texts, and a swap with whoever has the position. @throws CoachProfileNotFound, TemplateNotFound */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdateTemplateDto): Promise<MessageTemplate> {
    const own = await this.hold(me);
    const template = orThrow(
      own.find((each) => each.id === id),
      TemplateNotFound,
    );
    const { title = template.title, body = template.body, position = template.position } = dto;
    const now = this.clock.now();
    await this.templates.arrange(me.userId, swapped(idsOf(own), id, position), now);
    await this.templates.update(template, { title, body }, now);
    return orThrow(await this.templates.findOwned(me.userId, id), TemplateNotFound);
  }

  /** The positions close up. @throws CoachProfileNotFound, TemplateNotFound, LastTemplate */
  @Transactional()
  async delete(me: Principal, id: string): Promise<void> {
    const own = await this.hold(me);
    const template = orThrow(
      own.find((each) => each.id === id),
      TemplateNotFound,
    );
    if (own.length === 1) throw new LastTemplate();
    await this.templates.delete(template);
    const left = idsOf(own).filter((each) => each !== id);
    await this.templates.arrange(me.userId, left, this.clock.now());
  }

  /**
   * Gives those named their positions and leaves the others in their order around them; all of it or nothing.
   *
   * @throws ValidationFailed when two ask for one position, or one asks for two
   * @throws CoachProfileNotFound, TemplateNotFound when one of them is not his
   */
  @Transactional()
  async reorder(me: Principal, dto: readonly TemplatePositionDto[]): Promise<MessageTemplate[]> {
    const wishes = dto.map(({ id, position }) => ({ id: id.toLowerCase(), position }));
    const faults = faultsOfWishes(wishes);
    if (faults.length > 0) throw new ValidationFailed(faults);
    const ids = idsOf(await this.hold(me));
    if (wishes.some(({ id }) => !ids.includes(id))) throw new TemplateNotFound();
    await this.templates.arrange(me.userId, reordered(ids, wishes), this.clock.now());
    return this.templates.findByCoach(me.userId);
  }

  @Transactional()
  private async start(me: Principal): Promise<MessageTemplate[]> {
    await this.coaches.lockTimezone(me.userId);
    await this.defaults.ensure(me.userId);
    return this.templates.findByCoach(me.userId);
  }

  /** The templates of the caller, which nobody else changes until this transaction ends. */
  private async hold(me: Principal): Promise<MessageTemplate[]> {
    await this.coaches.lockTimezone(me.userId);
    return this.templates.findByCoach(me.userId);
  }
}

function idsOf(templates: readonly MessageTemplate[]): string[] {
  return templates.map(({ id }) => id);
}
