import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { ActivityImports } from 'src/modules/performance/imports/activity-import.service';
import type { StoredActivity } from 'src/modules/performance/imports/activity-import.types';
import { SessionRegister } from 'src/modules/performance/sessions/session-register.service';
import { isThat } from './strava-answer.rules';
import { termsAt, toldOf } from './strava-import.rules';
import { StravaPushRepository } from './strava-push.repository';
import type { Activity } from './strava.types';

/** The sessions that activities of Strava are here. */
@Injectable()
export class StravaSessions {
  constructor(
    private readonly imports: ActivityImports,
    private readonly register: SessionRegister,
    private readonly pushes: StravaPushRepository,
    private readonly connections: ConnectionService,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a session of each activity that is not known; what we pushed is none. Strava has shown them to the token of
   * this person.
   *
   * @returns by the id of the activity
   * @throws IntegrationNotConnected when the connection has ended since: nothing is kept then
   */
  @Transactional()
  async store(userId: string, activities: readonly Activity[]): Promise<Map<string, StoredActivity>> {
    await this.holdConnected(userId);
    const foreign = await this.foreignAmong(userId, activities);
    return this.imports.store(userId, 'strava', foreign.map(toldOf), termsAt(this.clock.now()));
  }

  /** Brings a session up to date, where there is one: somebody who deleted it is not given it again. */
  @Transactional()
  async refresh(userId: string, activity: Activity): Promise<void> {
    await this.holdConnected(userId);
    const known = await this.imports.known(userId, 'strava', [activity.id]);
    if (known.size > 0) await this.imports.store(userId, 'strava', [toldOf(activity)], termsAt(this.clock.now()));
  }

  /** The activity is not there any more: neither is what was made of it, and what was pushed may be pushed again. */
  @Transactional()
  async forget(userId: string, activityId: string): Promise<void> {
    await this.imports.remove(userId, 'strava', [activityId]);
    const sessionId = await this.pushes.forget(userId, activityId);
    if (sessionId !== null) await this.register.markPushed(sessionId, null);
  }

  /** The connection has ended: what Strava has shown is deleted, as its terms ask. What was pushed is our own. */
  async forgetAll(userId: string): Promise<void> {
    await this.imports.removeAll(userId, 'strava');
  }

  /** Whoever ends the connection deletes its sessions under the same lock: nothing is stored behind his back. */
  private async holdConnected(userId: string): Promise<void> {
    await this.register.hold(userId);
    const connected = await this.connections.connectedAmong([userId], 'strava');
    if (!connected.has(userId)) throw new IntegrationNotConnected();
  }

  /** Without those that we pushed, also where Strava's answer to that is still on its way. */
  private async foreignAmong(userId: string, activities: readonly Activity[]): Promise<Activity[]> {
    const ids = activities.map(({ id }) => id);
    const pushes = await this.pushes.among(userId, ids);
    const pushed = new Set(pushes.map(({ activityId }) => activityId));
    const underWay = pushes.filter(({ activityId }) => activityId === null);
    return activities.filter(
      (activity) => !pushed.has(activity.id) && !underWay.some((told) => isThat(activity, told)),
    );
  }
}
