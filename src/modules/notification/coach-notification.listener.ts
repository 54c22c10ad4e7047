import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { UserService } from 'src/modules/auth/user.service';
import {
  CertificationRejected,
  CertificationVerified,
  RelationEnded,
  RelationPaused,
  RelationResumed,
} from 'src/modules/coach/coach.events';
import { AnnouncementService } from './announcement.service';
import { PartyService } from './party.service';

type RelationType = 'relation_paused' | 'relation_resumed' | 'relation_ended';
type RelationFact = Pick<RelationPaused, 'coachId' | 'clientId' | 'at'>;

/** Tells clients how their coach stands to them, and coaches what became of their certifications. */
@Injectable()
export class CoachNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(RelationPaused, 'notification', (event) => this.moved('relation_paused', event));
    this.events.subscribe(RelationResumed, 'notification', (event) => this.moved('relation_resumed', event));
    this.events.subscribe(RelationEnded, 'notification', (event) => this.moved('relation_ended', event));
    this.events.subscribe(CertificationVerified, 'notification', (event) => this.verified(event));
    this.events.subscribe(CertificationRejected, 'notification', (event) => this.refused(event));
  }

  /** A relation may be paused many times, so the moment is a part of the fact. */
  private async moved(type: RelationType, { coachId, clientId, at }: RelationFact): Promise<void> {
    const { client, values } = await this.parties.of(clientId, coachId);
    await this.announcements.announce(client, {
      type,
      fact: `${coachId}:${at.toISOString()}`,
      data: { coach_id: coachId },
      values: { coach: values.coach },
    });
  }

  private async verified({ certificationId, coachId, title, at }: CertificationVerified): Promise<void> {
    const coach = await this.users.findContact(coachId);
    if (!coach) return;
    await this.announcements.announce(coach, {
      type: 'certification_verified',
      fact: `${certificationId}:${at.toISOString()}`,
      data: { certification_id: certificationId },
      values: { title },
    });
  }

  private async refused({ certificationId, coachId, title, reason, at }: CertificationRejected): Promise<void> {
    const coach = await this.users.findContact(coachId);
    if (!coach) return;
    await this.announcements.announce(coach, {
      type: 'certification_rejected',
      fact: `${certificationId}:${at.toISOString()}`,
      ...(reason && { variant: 'with_reason' }),
      data: { certification_id: certificationId },
      values: { title, reason: reason ?? '' },
    });
  }
}
