import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { Feedback } from './entities/feedback.entity';
import type { FeedbackQuery, GiveFeedbackDto, HandleFeedbackDto } from './feedback.dto';
import { FeedbackNotFound } from './feedback.errors';
import { FeedbackRepository } from './feedback.repository';

/** What people think of the product, and what administrators make of it (rules §18.3). */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly feedback: FeedbackRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  @Transactional()
  async give(me: Principal, dto: GiveFeedbackDto): Promise<Feedback> {
    const { type, title, description } = dto;
    const written = { userId: me.userId, type, title, description };
    const from = { appVersion: dto.app_version || null, platform: dto.platform || null };
    return this.feedback.insert({ ...written, ...from }, this.clock.now());
  }

  /** The caller's own, newest first. */
  async mine(me: Principal, query: PageQuery): Promise<Rows<Feedback>> {
    return this.feedback.page({ userId: me.userId }, query);
  }

  /** Everybody's, newest first. */
  async page(query: FeedbackQuery): Promise<Rows<Feedback>> {
    const { type, status } = query;
    return this.feedback.page({ ...(type && { type }), ...(status && { status }) }, query);
  }

  /** @throws FeedbackNotFound */
  async get(id: string): Promise<Feedback> {
    return orThrow(await this.feedback.find(id), FeedbackNotFound);
  }

  /** From any status to any other; a note of null is removed. @throws FeedbackNotFound */
  @Transactional()
  async handle(id: string, { status, admin_note: note }: HandleFeedbackDto): Promise<Feedback> {
    const feedback = orThrow(await this.feedback.lock(id), FeedbackNotFound);
    const changes = { ...(status && { status }), ...(note !== undefined && { adminNote: note || null }) };
    const handled = await this.feedback.update(feedback, changes, this.clock.now());
    await this.audit.write('feedback.handled', { type: 'feedback', id });
    return handled;
  }
}
