import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Translator } from 'src/common/i18n/translator';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { SealedLink } from './account-mail.service';
import { dataOf, isMailed, kindOf, KNOWN_TYPES, type NotificationMessage } from './catalogue';
import { DeliveryGate } from './delivery-gate.service';
import { type Reader, textOf } from './notification-text';
import { DELIVER_MAIL, DELIVER_PUSH } from './notification.jobs';
import { type HeldNotification, type NewNotification, NotificationRepository } from './notification.repository';
import type { Value } from './notification.types';
import { quietUntil } from './quiet-hours.rules';

type Recipient = Reader & { id: string };

/** Who is told, and what. */
type Letter = readonly [Recipient, NotificationMessage];

/** Writes messages into inboxes, and the jobs that carry them further. */
@Injectable()
export class AnnouncementService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly gate: DeliveryGate,
    private readonly jobs: JobQueue,
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells one person one thing, in the transaction of what happened: rolled back with it, and told once however often
   * the same fact comes (rules §9). What can wait does not come in the quiet hours of its reader; what would then come
   * too late does not come at all.
   *
   * @param link what the mail leads to, and the inbox does not: a message with one never waits
   */
  async announce(reader: Recipient, message: NotificationMessage, link: SealedLink | null = null): Promise<void> {
    await this.tell([[reader, message]], link);
  }

  /** The same for several, in one statement: those who are told of one thing. What is false is told to nobody. */
  async announceAll(...letters: readonly (Letter | false)[]): Promise<void> {
    await this.tell(
      letters.filter((letter) => letter !== false),
      null,
    );
  }

  /** Lets go what the night held back, if it is still true. Answers how many messages it saw. */
  @Transactional()
  async release(limit: number): Promise<number> {
    const released = await this.notifications.takeHeld(KNOWN_TYPES, this.clock.now(), limit);
    for (const notification of released) {
      if (await this.gate.isTrue(notification)) await this.send(notification);
      else await this.notifications.remove(notification.id);
    }
    return released.length;
  }

  /** When the next held message may go; null when none is held. */
  async nextRelease(): Promise<Date | null> {
    return this.notifications.firstRelease(KNOWN_TYPES);
  }

  @Transactional()
  private async tell(letters: readonly Letter[], link: SealedLink | null): Promise<void> {
    const now = this.clock.now();
    const written = letters.flatMap(([reader, message]) => this.written(reader, message, now) ?? []);
    const fresh = await this.notifications.insertNew(written);
    for (const notification of written)
      if (fresh.has(notification.id) && notification.heldUntil === null) await this.send(notification, link);
  }

  /** Null for what would come too late. */
  private written(reader: Recipient, message: NotificationMessage, now: Date): NewNotification | null {
    const { type, fact, data, before } = message;
    const heldUntil = kindOf(type).quiet ? quietUntil(now, reader.timezone) : null;
    if (before && (heldUntil ?? now) >= before) return null;
    return {
      id: randomUUID(),
      userId: reader.id,
      type,
      fact,
      ...textOf(message, reader, (language, key, values) => this.translator.text(language, key, values)),
      data: dataOf(type, data),
      aboutUserIds: peopleIn(message).filter((id) => id !== reader.id),
      byMail: isMailed(message),
      heldUntil,
      expiresAt: before ?? null,
      createdAt: now,
    };
  }

  private async send(
    { id: notificationId, type, byMail }: HeldNotification,
    link: SealedLink | null = null,
  ): Promise<void> {
    if (kindOf(type).push) await this.jobs.add(DELIVER_PUSH, { notificationId });
    if (byMail) await this.jobs.add(DELIVER_MAIL, { notificationId, ...link });
  }
}

/** Whom a message names. */
function peopleIn({ values }: NotificationMessage): string[] {
  const people = Object.values<Value>(values).flatMap((value) =>
    typeof value === 'object' && 'userId' in value ? [value.userId] : [],
  );
  return [...new Set(people)];
}
