import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { ValidationFailed } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { EditWindowExpired, NotTheAuthor, SessionNotFound } from 'src/modules/performance/performance.errors';
import { isAuthor, isImported } from 'src/modules/performance/performance.policy';
import { SessionAccess } from './session-access.service';
import { SessionReferences } from './session-reference.service';
import { SessionRegister } from './session-register.service';
import { type SessionView, SessionViewService } from './session-view.service';
import { setsIn, type UpdateSessionDto } from './session.dto';
import { editableUntil, isTooFarAhead } from './session.rules';

/** Correcting and removing a session, by who wrote it, for 48 h (rules §11.3). */
@Injectable()
export class SessionEditService {
  constructor(
    private readonly access: SessionAccess,
    private readonly references: SessionReferences,
    private readonly register: SessionRegister,
    private readonly views: SessionViewService,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what was given; the sets are replaced.
   *
   * @throws SessionNotFound, NotTheAuthor also for an imported one, EditWindowExpired
   * @throws ValidationFailed for a date more than 24 h ahead
   * @throws ExerciseNotFound, MachineNotFound, GymNotFound
   */
  @Transactional()
  async update(me: Principal, id: string, dto: UpdateSessionDto, language: Language): Promise<SessionView> {
    const session = await this.holdAsAuthor(me, id);
    if (isImported(session)) throw new NotTheAuthor();
    const at = this.clock.now();
    refuseLate(session, at);
    if (dto.date && isTooFarAhead(dto.date, at)) throw new ValidationFailed([{ field: 'date', code: 'too_large' }]);
    const sets = dto.exercise_sets ? setsIn(dto.exercise_sets) : null;
    await this.references.assertSets(sets ?? []);
    await this.references.assertGym(dto.gym_id);
    const change = {
      trainedAt: dto.date ?? session.trainedAt,
      durationMin: dto.duration_min === undefined ? session.durationMin : dto.duration_min,
      feeling: dto.feeling === undefined ? session.feeling : dto.feeling,
      gymId: dto.gym_id === undefined ? session.gymId : dto.gym_id,
    };
    const { session: changed, records } = await this.register.change(session, change, sets, at);
    return this.views.written(changed, records.of(id), language);
  }

  /** @throws SessionNotFound, NotTheAuthor, EditWindowExpired unless it is imported */
  @Transactional()
  async remove(me: Principal, id: string): Promise<void> {
    const session = await this.holdAsAuthor(me, id);
    if (!isImported(session)) refuseLate(session, this.clock.now());
    await this.register.remove(session);
  }

  /** The session as it is under the lock of its owner, for who wrote it and still sees it. */
  private async holdAsAuthor(me: Principal, id: string): Promise<PerformanceSession> {
    const { userId } = await this.access.get(me, id);
    await this.register.hold(userId);
    const session = await this.access.get(me, id);
    if (isAuthor(session, me.userId)) return session;
    // A coach who only sees it is nobody to it: for him there is nothing to change here.
    throw userId === me.userId ? new NotTheAuthor() : new SessionNotFound();
  }
}

function refuseLate({ createdAt }: PerformanceSession, now: Date): void {
  if (now > editableUntil(createdAt)) throw new EditWindowExpired();
}
