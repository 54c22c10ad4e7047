import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { UserService } from 'src/modules/auth/user.service';
import { type SmsDraft, SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import { namesSession, worded, type Writer } from 'src/modules/messaging/templates/wording.rules';
import { type Addressee, bySession, type Reach, reachOf } from './reach.rules';

/** Somebody who was looked up. */
export interface Reached extends Addressee {
  reach: Reach;
  firstName: string;
  /** BCP 47. */
  locale: string;
  /** E.164; null unless he is reachable. */
  phone: string | null;
}

/** A coach and those whom he wants to write to. */
export interface Correspondence {
  coach: Writer;
  /** By session. */
  people: Reached[];
}

/** Finds out whom of a list an SMS reaches, in two queries however long the list is. */
@Injectable()
export class ReachService {
  constructor(
    private readonly users: UserService,
    private readonly sms: SmsRegister,
    private readonly clock: Clock,
  ) {}

  /** @param coach whose clock the times are by */
  async among(coach: { userId: string; timezone: string }, addressees: readonly Addressee[]): Promise<Correspondence> {
    const contacts = await this.users.findContacts([coach.userId, ...addressees.map(({ clientId }) => clientId)]);
    const phones = addressees.flatMap(({ clientId }) => contacts.get(clientId)?.phone ?? []);
    const optedOut = await this.sms.optedOut(phones);
    const people = [...addressees].sort(bySession).map((addressee): Reached => {
      const contact = contacts.get(addressee.clientId);
      const reach = reachOf(contact ?? null, addressee, optedOut);
      return {
        ...addressee,
        reach,
        firstName: contact?.firstName ?? '',
        locale: contact?.locale ?? '',
        phone: reach === 'reachable' ? (contact?.phone ?? null) : null,
      };
    });
    return { coach: { firstName: contacts.get(coach.userId)?.firstName ?? '', timezone: coach.timezone }, people };
  }

  /**
   * One SMS to each who is reachable, in their order. What speaks of a session that is to come is useless from its start
   * on.
   *
   * @param text with its variables
   * @param isAboutSession whatever the text says, it was chosen by the session whom it is for
   */
  drafts(text: string, { coach, people }: Correspondence, { isAboutSession }: { isAboutSession: boolean }): SmsDraft[] {
    const now = this.clock.now();
    const isTimely = isAboutSession || namesSession(text);
    return people.flatMap((person) => {
      const { clientId, phone, session } = person;
      if (phone === null) return [];
      const usefulUntil = isTimely && session && session > now ? session : null;
      return [{ clientId, phone, body: worded(text, person, coach, session), usefulUntil }];
    });
  }
}
