import { Injectable } from '@nestjs/common';
import { UserService } from 'src/modules/auth/user.service';
import type { BookingFact } from 'src/modules/booking/booking.events';
import type { Reader } from './notification-text';
import type { Moment, Named } from './notification.types';

export type Party = Reader & { id: string; firstName: string };

/** A client and a coach who are told of the same thing, and the words that every message about it may need. */
export interface Parties {
  client: Party;
  coach: Party;
  values: { client: Named; coach: Named };
}

/** What is needed of a session to word it. */
type Session = Pick<BookingFact, 'clientId' | 'coachId' | 'scheduledAt' | 'coachTimezone' | 'gymName'>;

export interface SessionParties extends Parties {
  values: Parties['values'] & { session: Moment };
}

/** Finds the people of a fact. */
@Injectable()
export class PartyService {
  constructor(private readonly users: UserService) {}

  /** In one query. Ids are users.id. */
  async of(clientId: string, coachId: string): Promise<Parties> {
    const contacts = await this.users.findContacts([clientId, coachId]);
    const client = contacts.get(clientId);
    const coach = contacts.get(coachId);
    if (!client || !coach) throw new Error('A fact names a person whom the database does not hold');
    return { client, coach, values: { client: named(client), coach: named(coach) } };
  }

  /** The same, with when and where the session takes place. */
  async ofSession({ clientId, coachId, scheduledAt, coachTimezone, gymName }: Session): Promise<SessionParties> {
    const { client, coach, values } = await this.of(clientId, coachId);
    return { client, coach, values: { ...values, session: { at: scheduledAt, coachTimezone, place: gymName } } };
  }
}

/** Somebody as messages to others name him. */
export function named({ id: userId, firstName: name }: Pick<Party, 'id' | 'firstName'>): Named {
  return { userId, name };
}
