import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { ValidationFailed } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { SessionAccess } from './session-access.service';
import { SessionAnnouncer } from './session-announcer.service';
import { SessionReferences } from './session-reference.service';
import { SessionRegister } from './session-register.service';
import { type SessionView, SessionViewService } from './session-view.service';
import { type CreateSessionDto, setsIn } from './session.dto';
import { isTooFarAhead } from './session.rules';

type Author = Pick<PerformanceSession, 'enteredBy' | 'sessionType'>;

/** Writing training down: one's own, or as a coach that of a client (rules §11.3). */
@Injectable()
export class SessionEntryService {
  constructor(
    private readonly access: SessionAccess,
    private readonly references: SessionReferences,
    private readonly register: SessionRegister,
    private readonly announcer: SessionAnnouncer,
    private readonly views: SessionViewService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ValidationFailed for a date more than 24 h ahead
   * @throws ExerciseNotFound, MachineNotFound, GymNotFound, BookingNotFound
   */
  @Transactional()
  async enter(me: Principal, dto: CreateSessionDto, language: Language): Promise<SessionView> {
    return this.write(me, me.userId, dto, { enteredBy: null, sessionType: 'solo_free' }, language);
  }

  /**
   * The session belongs to the client, who is told of it.
   *
   * @throws ClientNotFound, NoCoachingRelation, and as above
   */
  @Transactional()
  async enterForClient(
    me: Principal,
    clientId: string,
    dto: CreateSessionDto,
    language: Language,
  ): Promise<SessionView> {
    await this.access.holdEnterable(me.userId, clientId);
    return this.write(me, clientId, dto, { enteredBy: me.userId, sessionType: 'coached' }, language);
  }

  private async write(
    me: Principal,
    ownerId: string,
    dto: CreateSessionDto,
    { enteredBy, sessionType }: Author,
    language: Language,
  ): Promise<SessionView> {
    const at = this.clock.now();
    if (isTooFarAhead(dto.date, at)) throw new ValidationFailed([{ field: 'date', code: 'too_large' }]);
    const sets = setsIn(dto.exercise_sets);
    await this.references.assertSets(sets);
    await this.references.assertGym(dto.gym_id);
    const told = {
      ...(await this.references.bookingOf(me, ownerId, dto.booking_id)),
      ...{ enteredBy, sessionType: dto.session_type ?? sessionType, gymId: dto.gym_id ?? null, trainedAt: dto.date },
      ...{ durationMin: dto.duration_min ?? null, feeling: dto.feeling ?? null, sets },
      ...{ source: 'manual' as const, externalId: null, sourceTerms: null },
    };
    await this.register.hold(ownerId);
    const { sessions, records } = await this.register.store(ownerId, [told], at);
    const [session] = sessions;
    if (!session) throw new Error('as many sessions as were given');
    await this.announcer.tell(session, sets, records.unmatchedOf(session.id));
    return this.views.written(session, records.of(session.id), language);
  }
}
