import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { RateCounters } from 'src/common/limits/rate-counters';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { NotEnteredByCoach, SessionNotFound } from 'src/modules/performance/performance.errors';
import { PerformanceErrorReported } from 'src/modules/performance/performance.events';
import { SessionAccess } from './session-access.service';
import type { ReportErrorDto } from './session.dto';

/** Of one session. */
const MOST_A_DAY = 5;
const DAY_SECONDS = 86_400;

/** What its owner can do about a session that a coach entered. */
@Injectable()
export class SessionReportService {
  constructor(
    private readonly access: SessionAccess,
    private readonly counters: RateCounters,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells the coach that something is not right, five times a day about one session: he knows by then.
   *
   * @throws SessionNotFound for everybody but the owner, NotEnteredByCoach
   */
  @Transactional()
  async reportError(me: Principal, id: string, { message }: ReportErrorDto): Promise<void> {
    const session = await this.access.get(me, id);
    if (session.userId !== me.userId) throw new SessionNotFound();
    if (session.enteredBy === null) throw new NotEnteredByCoach();
    const { allowed } = await this.counters.hit('report_error', id, MOST_A_DAY, DAY_SECONDS);
    if (!allowed) return;
    const { enteredBy, trainedAt } = session;
    const words = message ? message : null;
    await this.events.publish(
      new PerformanceErrorReported(id, me.userId, enteredBy, trainedAt, words, this.clock.now()),
    );
  }
}
