import { Injectable } from '@nestjs/common';

/**
 * Answers in which state a thing is now, as somebody stands to it; null when it is not there.
 *
 * @param told what the message says of it, for things that are more than their id
 */
export type FindState = (
  id: string,
  readerId: string,
  told: Readonly<Partial<Record<string, string>>>,
) => Promise<string | null>;

/**
 * What is still true of what happened. A message may leave long after its fact: the way out was shut, or the night was
 * waited for. Whoever carries it asks here first. Each module registers, at module init, how its things are looked up.
 */
@Injectable()
export class Standings {
  private readonly finders = new Map<string, FindState>();

  register(subject: string, find: FindState): void {
    if (this.finders.has(subject)) throw new Error(`Two modules answer for "${subject}"`);
    this.finders.set(subject, find);
  }

  /** @param readerId users.id of whoever is told @param told the data of the message */
  async stateOf(
    subject: string,
    id: string,
    readerId: string,
    told: Readonly<Partial<Record<string, string>>>,
  ): Promise<string | null> {
    const find = this.finders.get(subject);
    return find ? find(id, readerId, told) : null;
  }
}
