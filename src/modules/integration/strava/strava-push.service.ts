import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { type Language, languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { weightText } from 'src/common/i18n/weight-texts';
import { Outcome } from 'src/common/transaction/settling';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import type { StravaPush } from 'src/modules/integration/entities/strava-push.entity';
import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { SessionReader } from 'src/modules/performance/sessions/session-reader.service';
import type { SessionView } from 'src/modules/performance/sessions/session-view.service';
import { draftOf } from './strava-draft.rules';
import { StravaPushClaims } from './strava-push-claim.service';
import { StravaPushSender } from './strava-push-sender.service';
import { AlreadyPushed } from './strava.errors';
import type { ActivityDraft } from './strava.types';

/** Tells Strava of a session, once. */
@Injectable()
export class StravaPushService {
  constructor(
    private readonly sessions: SessionReader,
    private readonly profiles: ClientProfileService,
    private readonly connections: ConnectionService,
    private readonly claims: StravaPushClaims,
    private readonly sender: StravaPushSender,
    private readonly translator: Translator,
  ) {}

  /**
   * Claims the session, and sends it after the commit.
   *
   * @throws SessionNotFound also for somebody else's, AlreadyPushed also for one from Strava, IntegrationNotConnected;
   *   ProviderError by the outcome
   */
  @Transactional()
  async push(me: Principal, sessionId: string): Promise<Outcome<StravaPush>> {
    const language = languageOf(me.locale);
    const view = await this.sessions.getOwn(me, sessionId, language);
    if (view.session.source === 'strava') throw new AlreadyPushed();
    const connected = await this.connections.connectedAmong([me.userId], 'strava');
    if (!connected.has(me.userId)) throw new IntegrationNotConnected();
    const draft = await this.draftOf(me, view, language);
    const claim = await this.claims.claim(me.userId, view.session.id, draft);
    return new Outcome(() => this.sender.send(claim, draft));
  }

  /** In the words and the clock of the owner, whoever reads it at Strava. */
  private async draftOf(me: Principal, { session, sets }: SessionView, language: Language): Promise<ActivityDraft> {
    const unit = await this.profiles.weightUnitOf(me.userId);
    return draftOf(
      { ...session, sets },
      {
        timezone: me.timezone,
        name: this.translator.text(language, `integration.strava.names.${session.sessionType}`),
        weight: (weightKg) => weightText(weightKg, unit, me.locale),
      },
    );
  }
}
