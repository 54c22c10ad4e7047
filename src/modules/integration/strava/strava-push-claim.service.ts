import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { StravaPush } from 'src/modules/integration/entities/strava-push.entity';
import { StravaPushed } from 'src/modules/integration/integration.events';
import { SessionRegister } from 'src/modules/performance/sessions/session-register.service';
import { StravaPushRepository } from './strava-push.repository';
import { isAbandoned } from './strava-push.rules';
import { AlreadyPushed } from './strava.errors';
import type { ActivityDraft } from './strava.types';

/** A session that one caller may send to Strava, and nobody else. */
export type PushClaim = Pick<StravaPush, 'id' | 'claim' | 'userId'> & {
  /** What Strava was told before, by somebody who never learnt whether it arrived; null = nothing. */
  sentBefore: Pick<StravaPush, 'name' | 'sportType' | 'startDateLocal' | 'elapsedSeconds'> | null;
};

/**
 * Who may send a session to Strava. Strava knows no key that would make a repeat harmless, so what is sent is written
 * down before, and each step of it in a transaction of its own.
 */
@Injectable()
export class StravaPushClaims {
  constructor(
    private readonly pushes: StravaPushRepository,
    private readonly register: SessionRegister,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction. @throws AlreadyPushed also while somebody else sends it */
  async claim(userId: string, sessionId: string, draft: ActivityDraft): Promise<PushClaim> {
    const [at, claim] = [this.clock.now(), randomUUID()];
    const known = await this.pushes.hold(sessionId);
    if (!known) {
      const { description: _, ...told } = draft;
      const id = randomUUID();
      const isFirst = await this.pushes.insert({ ...told, id, userId, sessionId, claim, claimedAt: at });
      if (!isFirst) throw new AlreadyPushed();
      return { id, claim, userId, sentBefore: null };
    }
    if (known.state === 'pushed' || (known.state === 'sending' && !isAbandoned(known.claimedAt, at)))
      throw new AlreadyPushed();
    await this.pushes.takeOver(known.id, claim, at);
    return { id: known.id, claim, userId, sentBefore: known };
  }

  /** Strava is about to be told this, and has not got what it was told before. @throws AlreadyPushed */
  @Transactional()
  async retell(claim: PushClaim, draft: ActivityDraft): Promise<void> {
    if (!(await this.pushes.retell(claim, draft))) throw new AlreadyPushed();
  }

  /** Strava did not get it: nothing was done. */
  @Transactional()
  async release(claim: PushClaim): Promise<void> {
    await this.pushes.release(claim);
  }

  /** Strava may have got it: the next one looks before he sends. */
  @Transactional()
  async leaveUnclear(claim: PushClaim): Promise<void> {
    await this.pushes.setUnclear(claim);
  }

  /** @throws AlreadyPushed when somebody else has sent it meanwhile */
  @Transactional()
  async finish(claim: PushClaim, activityId: string): Promise<StravaPush> {
    const push = await this.pushes.finish(claim, activityId);
    if (!push) throw new AlreadyPushed();
    const { userId, sessionId, name } = push;
    if (sessionId !== null) {
      await this.register.markPushed(sessionId, activityId);
      await this.events.publish(new StravaPushed(userId, sessionId, activityId, name, this.clock.now()));
    }
    return push;
  }
}
